//! `[events]`, with the built-in `opened` in front.

use crate::check::from_syntax::organisation::role::title;
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::names::OPENED;
use crate::check::look_up::party;
use crate::check::rules;
use crate::model::{Carried, Doer, Event, Field, FieldId, Party, RoleId};
use crate::syntax;
use crate::syntax::Citation;
use crate::text::{Span, Spanned};

/// Events that are there without being declared.
pub(crate) const RESERVED: [&str; 7] =
    ["opened", "corrected", "merged", "split", "linked", "converted", "letter_failed"];
/// Points without a colon that are no events.
const POINTS: [&str; 2] = ["escalated", "reopened"];

/// The event that opens every case: by everyone, with every field. `span` is the protocol's.
pub(crate) fn opened(fields: &[Field], span: Span, known: &Known<'_>, log: &mut Log<'_>) -> Event {
    let roles = (0..known.names.roles.len()).map(|at| Doer::Party(Party::Role(RoleId::at(at))));
    let roles: Vec<Doer> = roles.collect();
    let carries = fields.iter().enumerate();
    let carries =
        carries.map(|(at, field)| Carried { field: FieldId::at(at), required: field.required });
    Event {
        name: OPENED.to_owned(),
        title: OPENED.to_owned(),
        by: std::iter::once(Doer::Party(Party::Complainant)).chain(roles.clone()).collect(),
        entered_by: roles,
        carries: carries.collect(),
        reason: false,
        written: false,
        requires: Vec::new(),
        not_by: Vec::new(),
        rule: log.rule(format!("events.{OPENED}"), span, &Citation::default()),
    }
}

/// One entry of `[events]`.
pub(crate) fn event(written: &syntax::Event, known: &Known<'_>, log: &mut Log<'_>) -> Event {
    let name = &written.name;
    if RESERVED.contains(&name.value.as_str()) {
        log.say(rules::reserved_name("event", name, "an event of every protocol"));
    } else if POINTS.contains(&name.value.as_str()) {
        log.say(rules::reserved_name("event", name, "a point of every protocol"));
    }
    if written.written && !known.written.channels.iter().any(|it| it.written) {
        log.say(rules::no_written_channel(name));
    }
    let path = format!("events.{}", name.value);
    Event {
        name: name.value.clone(),
        title: title(written.title.as_ref(), name),
        by: party::doers("`by` names", &written.by, known, log),
        entered_by: party::doers("`entered_by` names", &written.entered_by, known, log),
        carries: carries(written, known, log),
        reason: written.reason,
        written: written.written,
        requires: find::each(&written.requires, log, |name, log| {
            find::condition("`requires` names", name, known, log)
        }),
        not_by: party::barred(&written.not_by, known, log),
        rule: log.rule(path, written.span, &written.citation),
    }
}

fn carries(written: &syntax::Event, known: &Known<'_>, log: &mut Log<'_>) -> Vec<Carried> {
    let names: Vec<Spanned<String>> = written.carries.iter().map(|it| it.field.clone()).collect();
    find::each(&names, log, |name, log| {
        let optional =
            written.carries.iter().find(|it| it.field == *name).is_some_and(|it| it.optional);
        let field = find::field("`carries` names", name, known, log)?;
        Some(Carried { field, required: !optional })
    })
}
