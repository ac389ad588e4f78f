//! Who alone reads what: as `read_by` says it, else as it follows from confidential roles.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::{
    Confidential, Doer, Event, EventId, FieldId, Party, Readable, RecordId, RoleId, Stage,
};
use crate::syntax::Names;

/// The word for all who read a case.
const EVERYBODY: &str = "everybody";

/// Finds out who reads what. `events` are all of the protocol, those of records included.
pub(crate) fn confidential(
    events: &[Event],
    stages: &[Stage],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Confidential {
    let mut found = Confidential::default();
    let only: Vec<Option<Vec<RoleId>>> = events.iter().map(|it| only(it, known)).collect();
    for (place, (event, readers)) in events.iter().zip(&only).enumerate() {
        let readers = readers.clone().unwrap_or_default();
        if let Some(of) = event.of {
            found.keep(Readable::Record(of.record), readers.clone());
        }
        found.keep(Readable::Reason(EventId::at(place)), readers);
    }
    for (place, field) in known.written.fields.iter().enumerate() {
        let id = FieldId::at(place);
        if !(field.required || is_set(id, stages)) {
            found.keep(Readable::Field(id), carried(id, events, &only));
        }
        said(Readable::Field(id), &field.read_by, &mut found, known, log);
    }
    for (place, record) in known.written.records.iter().enumerate() {
        let id = Readable::Record(RecordId::at(place));
        said(id, &record.read_by, &mut found, known, log);
    }
    found
}

/// What `read_by` says wins over what follows from who records it.
fn said(
    what: Readable,
    read_by: &Names,
    found: &mut Confidential,
    known: &Known<'_>,
    log: &mut Log<'_>,
) {
    if read_by.iter().any(|it| it.value == EVERYBODY) {
        if let Some(more) = read_by.iter().find(|it| it.value != EVERYBODY) {
            let why = "`everybody` is every role already";
            log.say(rules::key_without_effect(&more.value, more.span, why));
        }
        found.open(what);
    } else {
        found.keep(what, roles(read_by, known, log));
    }
}

fn roles(names: &Names, known: &Known<'_>, log: &mut Log<'_>) -> Vec<RoleId> {
    let mut roles =
        find::each(names, log, |name, log| find::role("`read_by` names", name, known, log));
    roles.sort_unstable();
    roles
}

/// The roles whose act an event is, where all of them are confidential.
fn only(event: &Event, known: &Known<'_>) -> Option<Vec<RoleId>> {
    let role = |doer: &Doer| match doer {
        Doer::Party(Party::Role(role)) => {
            let written = known.written.roles.get(role.index());
            written.is_some_and(|it| it.confidential).then_some(*role)
        }
        Doer::Party(_) | Doer::Handler | Doer::Owner => None,
    };
    let mut roles = event.by.iter().map(role).collect::<Option<Vec<RoleId>>>()?;
    roles.sort_unstable();
    Some(roles)
}

/// The confidential roles that alone bring a field once the case is open. What its opening may
/// bring besides, whoever opened it knows anyway.
fn carried(field: FieldId, events: &[Event], only: &[Option<Vec<RoleId>>]) -> Vec<RoleId> {
    let all = events.iter().zip(only).skip(1);
    let bringing = all.filter(|(it, _)| it.carries.iter().any(|it| it.field == field));
    let readers: Option<Vec<&Vec<RoleId>>> = bringing.map(|(_, only)| only.as_ref()).collect();
    let mut readers: Vec<RoleId> = readers.into_iter().flatten().flatten().copied().collect();
    readers.sort_unstable();
    readers.dedup();
    readers
}

/// Whether a transition sets a field to what the protocol says.
fn is_set(field: FieldId, stages: &[Stage]) -> bool {
    let on = stages.iter().flat_map(|it| &it.on).flat_map(|it| &it.branches);
    let after = stages.iter().flat_map(|it| &it.after).map(|it| &it.branch);
    on.chain(after).flat_map(|it| &it.set).any(|it| it.field == field)
}
