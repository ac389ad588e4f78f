//! `for_each`: a clock for every entry of a record.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::{Agreed, EventId, FieldKind, ForEach, MetBy, Point, RecordId};
use crate::syntax;
use crate::text::{Span, Spanned};

/// What `for_each` says, and `who = { field = … }` with it.
pub(crate) fn for_each(
    written: &syntax::Deadline,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<ForEach> {
    let Some(name) = &written.for_each else {
        if let Some(field) = &written.who_field {
            log.say(rules::who_of_no_entry(field));
        }
        return None;
    };
    keys_not_taken(written, log);
    let record = find::record("`for_each` names", name, known, log)?;
    let declared = known.written.records.get(record.index());
    if let Some(of) = declared.filter(|it| !it.done && written.met_by.is_empty()) {
        log.say(rules::record_never_done(written, of));
    }
    let field = written.who_field.as_ref();
    let who = field.and_then(|it| {
        let place = entry_field("`who`", it, record, known, log)?;
        match kind(record, place, known)? {
            FieldKind::Role(_) => Some(place),
            _ => {
                log.say(rules::for_each_who(it));
                None
            }
        }
    });
    Some(ForEach { record, who })
}

/// An entry's clock begins with the entry, once, and is ended by what happens to it.
fn keys_not_taken(written: &syntax::Deadline, log: &mut Log<'_>) {
    let first = |names: &syntax::Names| names.first().map(|it| it.span);
    let taken: [(&str, Option<Span>); 6] = [
        ("starts", first(&written.starts)),
        ("restarts", first(&written.restarts)),
        ("every", written.every.as_ref().map(|it| it.span)),
        ("per", written.per.as_ref().map(|it| it.span)),
        ("when", written.when.as_ref().map(|it| it.token)),
        ("extend", written.extend.first().map(|it| it.span)),
    ];
    for (key, span) in taken {
        if let Some(span) = span {
            log.say(rules::record_for_each(key, span));
        }
    }
}

/// The place of the field of an entry that says when it is due.
pub(crate) fn due(
    each: Option<&ForEach>,
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<u16> {
    let record = each?.record;
    let place = entry_field("`due`", written, record, known, log)?;
    match kind(record, place, known)? {
        FieldKind::Date => Some(place),
        _ => {
            log.say(rules::not_a_date_field("`due` names", written));
            None
        }
    }
}

/// A field of the record, written `record.field`.
fn entry_field(
    key: &str,
    written: &Spanned<String>,
    id: RecordId,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<u16> {
    let record = known.written.records.get(id.index())?;
    let name = record.name.value.as_str();
    let field = written.value.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
    let names = || record.fields.iter().map(|it| it.field.name.value.as_str());
    let place = field.and_then(|field| names().position(|it| it == field));
    if place.is_none() {
        let names: Vec<&str> = names().collect();
        log.say(rules::for_each_due(key, written, name, &names));
    }
    u16::try_from(place?).ok()
}

fn kind<'k>(record: RecordId, place: u16, known: &'k Known<'_>) -> Option<&'k FieldKind> {
    known.entry_fields.get(record.index())?.get(usize::from(place))?.as_ref()
}

/// The points on which a clock of an entry may begin: when it is added, and when its date becomes
/// known or another later, where it may.
pub(crate) fn starts(each: Option<&ForEach>, due: Option<Agreed>, known: &Known<'_>) -> Vec<Point> {
    let Some((added, changed, _)) = each.and_then(|it| events(it.record, known)) else {
        return Vec::new();
    };
    let may_change = |place: u16| {
        let record = each.and_then(|it| known.written.records.get(it.record.index()));
        let field = record.and_then(|it| it.fields.get(usize::from(place)));
        field.is_some_and(syntax::EntryField::may_change)
    };
    let changed = changed.filter(|_| match due {
        Some(Agreed::Entry(place)) => may_change(place),
        Some(Agreed::Field(_)) | None => false,
    });
    std::iter::once(added).chain(changed).map(Point::Event).collect()
}

/// What meets the clock of an entry; its being done where nothing else is said.
pub(crate) fn met_by(each: Option<&ForEach>, written: Vec<MetBy>, known: &Known<'_>) -> Vec<MetBy> {
    let events = each.and_then(|it| events(it.record, known));
    match events {
        Some((_, _, Some(done))) if written.is_empty() => {
            vec![MetBy { on: Point::Event(done), when: None }]
        }
        _ => written,
    }
}

/// The events of a record: added, changed, done.
fn events(
    record: RecordId,
    known: &Known<'_>,
) -> Option<(EventId, Option<EventId>, Option<EventId>)> {
    let written = known.written.records.get(record.index())?;
    let id = |name: &str| known.names.events.place(name).map(EventId::at);
    let changed = written.has_changes().then(|| id(&written.changed_event)).flatten();
    let done = written.done.then(|| id(&written.done_event)).flatten();
    Some((id(&written.name.value)?, changed, done))
}
