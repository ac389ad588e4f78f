//! How a case begins, and how it may go on as part of another.

use crate::inspect::complies::held::{Held, names};
use crate::inspect::rules;
use crate::syntax::{Citation, Intake};
use crate::text::Span;

const OPENED: &str = "opened";
const MERGED: &str = "merged";

/// A case may be opened with as little, its duties begin with it, and nothing else takes them over.
pub(super) fn compare(held: &mut Held<'_>) {
    required(held);
    for own in &held.house.written.intake {
        kind(held, own);
    }
    merged(held);
}

/// Reports at a place of the protocol, beside the beginning of the statute.
fn right_gone(held: &mut Held<'_>, what: &str, span: Span) {
    let first = held.statute.written.protocol.as_ref().map(|it| (it.span, &it.citation));
    let nothing = Citation::default();
    if let Some(first) = first {
        let both = held.against((span, &nothing), first);
        held.say(rules::right_gone(OPENED, what, &both));
    }
}

fn required(held: &mut Held<'_>) {
    let (house, statute) = (held.house.written, held.statute.written);
    let known: Vec<String> = statute
        .fields
        .iter()
        .filter(|it| it.required)
        .map(|it| held.name("fields", &it.name.value).to_owned())
        .collect();
    for own in house.fields.iter().filter(|it| it.required && !known.contains(&it.name.value)) {
        right_gone(held, &format!("must bring `{}`", own.name.value), own.name.span);
    }
}

/// A kind of intake asks for no more than that of the statute, and is not put off until it is converted.
fn kind(held: &mut Held<'_>, own: &Intake) {
    let statute = held.statute.written;
    let theirs = statute.intake.iter().find(|it| it.name.value == own.name.value);
    let usual = statute.intake.first();
    let known = theirs.or(usual);
    let asked: Vec<String> = known
        .into_iter()
        .flat_map(|it| &it.required)
        .chain(statute.fields.iter().filter(|it| it.required).map(|it| &it.name))
        .map(|it| held.name("fields", &it.value).to_owned())
        .collect();
    for field in own.required.iter().filter(|it| !asked.contains(&it.value)) {
        let what = format!("must bring `{}` as `{}`", field.value, own.name.value);
        right_gone(held, &what, field.span);
    }
    if own.complainant && !known.is_some_and(|it| it.complainant) {
        let what = format!("must say who complains as `{}`", own.name.value);
        right_gone(held, &what, own.name.span);
    }
    if own.becomes.is_some() && !theirs.is_some_and(|it| it.becomes.is_some()) {
        let begin = statute.deadlines.iter().find(|it| names(&it.starts, OPENED));
        let Some(begin) = begin else { return };
        let span = own.becomes.as_ref().map_or(own.name.span, |it| it.span);
        let both = held.against((span, &Citation::default()), (begin.name.span, &begin.citation));
        let name = held.name("deadlines", &begin.name.value);
        let fault =
            rules::duty_starts_later(name, &format!("{OPENED} as {}", own.name.value), &both);
        held.say(fault);
    }
}

/// Where a case may go on as part of another, its duties end without being met.
fn merged(held: &mut Held<'_>) {
    let (house, statute) = (held.house.written, held.statute.written);
    let own = house.events.iter().find(|it| it.name.value == MERGED);
    let is_known = statute.events.iter().any(|it| it.name.value == MERGED);
    let duty = statute.deadlines.iter().find(|it| !it.window);
    if let (Some(own), false, Some(duty)) = (own, is_known, duty) {
        let both = held.against((own.name.span, &own.citation), (duty.name.span, &duty.citation));
        held.say(rules::duty_weaker("`merged` ends every duty of a case", &both));
    }
}
