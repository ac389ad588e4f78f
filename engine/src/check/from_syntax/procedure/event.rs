//! `[events]`, with the built-in `opened` in front.

use crate::check::from_syntax::organisation::role::{text, title};
use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::look_up::names::OPENED;
use crate::check::look_up::party;
use crate::check::rules;
use crate::model::{BuiltIn, Carried, Doer, Event, Field, FieldId, Party, RoleId, StopEvent};
use crate::syntax;
use crate::syntax::Citation;
use crate::text::{Span, Spanned};

/// Events that are there without being declared.
const RESERVED: [&str; 1] = [OPENED];
/// Events that no stage moves on.
pub(crate) const NO_STEPS: [&str; 2] = [OPENED, "corrected"];
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
        of: None,
        carries: carries.collect(),
        reason: false,
        written: false,
        requires: Vec::new(),
        not_by: Vec::new(),
        guide: None,
        built_in: None,
        rule: log.rule(format!("events.{OPENED}"), span, &Citation::default()),
    }
}

/// One entry of `[events]`.
pub(crate) fn event(written: &syntax::Event, known: &Known<'_>, log: &mut Log<'_>) -> Event {
    let name = &written.name;
    if RESERVED.contains(&name.value.as_str()) || StopEvent::named(&name.value).is_some() {
        log.say(rules::reserved_name("event", name, "an event of every protocol"));
    } else if POINTS.contains(&name.value.as_str()) {
        log.say(rules::reserved_name("event", name, "a point of every protocol"));
    }
    if written.written && !known.written.channels.iter().any(|it| it.written) {
        log.say(rules::no_written_channel(name));
    }
    let becomes = |it: &syntax::Intake| it.becomes.is_some();
    if name.value == "converted" && !known.written.intake.iter().any(becomes) {
        log.say(rules::nothing_to_convert(name));
    }
    if name.value == "corrected" {
        report_correction(written, known, log);
    }
    let path = format!("events.{}", name.value);
    Event {
        name: name.value.clone(),
        title: title(written.title.as_ref(), name),
        by: by(written, known, log),
        entered_by: party::doers("`entered_by` names", &written.entered_by, known, log),
        of: None,
        carries: carries(written, known, log),
        reason: written.reason,
        written: written.written,
        requires: find::each(&written.requires, log, |name, log| {
            find::condition("`requires` names", name, known, log)
        }),
        not_by: party::barred(&written.not_by, known, log),
        guide: text(written.guide.as_ref()),
        built_in: BuiltIn::named(&name.value),
        rule: log.rule(path, written.span, &written.citation),
    }
}

/// A correction brings what the event brought that it corrects, wherever the case is, and always
/// states a reason.
fn report_correction(written: &syntax::Event, known: &Known<'_>, log: &mut Log<'_>) {
    for fault in rules::corrected_by_outsider(written, &known.written.roles) {
        log.say(fault);
    }
    let why = "a correction brings the fields of the event that it corrects";
    if let Some(first) = written.carries.first() {
        log.say(rules::key_without_effect("carries", first.field.span, why));
    }
    let why = "a correction is about the record, wherever the case is";
    if let Some(first) = written.requires.first() {
        log.say(rules::key_without_effect("requires", first.span, why));
    }
    if written.written {
        log.say(rules::key_without_effect("written", written.span, why));
    }
}

/// Whose act it is; a built-in event without a word about it is the accountable role's.
fn by(written: &syntax::Event, known: &Known<'_>, log: &mut Log<'_>) -> Vec<Doer> {
    let header = known.written.protocol.as_ref();
    let accountable = header.and_then(|it| it.accountable.as_ref());
    match accountable.and_then(|it| known.names.roles.place(&it.value)) {
        Some(role) if written.by.is_empty() => vec![Doer::Party(Party::Role(RoleId::at(role)))],
        _ => party::doers("`by` names", &written.by, known, log),
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
