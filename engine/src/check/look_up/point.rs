//! Points: what clocks start, stop and end on.

use crate::check::log::Log;
use crate::check::look_up::find;
use crate::check::look_up::known::Known;
use crate::check::rules;
use crate::model::{EventId, FieldId, FieldKind, Point};
use crate::text::Spanned;

/// The words before the colon of a point.
pub(crate) const KINDS: [&str; 8] =
    ["event", "letter", "stage", "rung", "met", "breach", "lapse", "extended"];

/// Reads a point: `opened`, `letter:answer`, `breach:answer`, a date field.
pub(crate) fn point(
    user: &str,
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Point> {
    match written.value.split_once(':') {
        Some((kind, name)) => {
            let name = Spanned::new(name.to_owned(), written.span);
            of_kind(user, kind, &name, written, known, log)
        }
        None => bare(user, written, known, log),
    }
}

/// A list of points.
pub(crate) fn points(
    user: &str,
    written: &[Spanned<String>],
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Vec<Point> {
    find::each(written, log, |name, log| point(user, name, known, log))
}

fn of_kind(
    user: &str,
    kind: &str,
    name: &Spanned<String>,
    whole: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Point> {
    match kind {
        "event" => find::event(user, name, known, log).map(Point::Event),
        "letter" => find::letter(user, name, known, log).map(Point::Letter),
        "stage" => find::stage(user, name, known, log).map(Point::Stage),
        "rung" => find::rung(user, name, known, log).map(Point::Rung),
        "met" => find::deadline(user, name, known, log).map(Point::Met),
        "extended" => find::deadline(user, name, known, log).map(Point::Extended),
        "breach" | "lapse" => {
            let id = find::deadline(user, name, known, log)?;
            let window = known.written.deadlines.get(id.index()).is_some_and(|it| it.window);
            match (kind, window) {
                ("breach", false) => Some(Point::Breach(id)),
                ("lapse", true) => Some(Point::Lapse(id)),
                _ => {
                    log.say(rules::wrong_expiry(kind, name));
                    None
                }
            }
        }
        _ => {
            log.say(rules::unknown_point(
                user,
                whole,
                Some(format!("points begin with {}", kinds())),
            ));
            None
        }
    }
}

fn kinds() -> String {
    let quoted: Vec<String> = KINDS.iter().map(|kind| format!("`{kind}:`")).collect();
    quoted.join(", ")
}

fn bare(
    user: &str,
    written: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<Point> {
    let name = written.value.as_str();
    match name {
        "escalated" => return Some(Point::Escalated),
        "reopened" => return Some(Point::Reopened),
        _ => {}
    }
    if let Some(event) = known.names.events.place(name) {
        return Some(Point::Event(EventId::at(event)));
    }
    if let Some(field) = known.names.fields.place(name) {
        match known.fields.get(field) {
            Some(Some(FieldKind::Date) | None) | None => {
                return Some(Point::Date(FieldId::at(field)));
            }
            _ => {
                let help = "only a field of type `date` happens at an instant".to_owned();
                log.say(rules::unknown_point(user, written, Some(help)));
                return None;
            }
        }
    }
    let missing = rules::record_event_missing(written, &known.written.records);
    log.say(missing.unwrap_or_else(|| rules::unknown_point(user, written, meant(name, known))));
    None
}

/// What a bare name that is no event may mean.
fn meant(name: &str, known: &Known<'_>) -> Option<String> {
    let names = &known.names;
    let with_kind = |kind: &str| Some(format!("write `{kind}:{name}`"));
    if names.letters.place(name).is_some() {
        return with_kind("letter");
    }
    if names.stages.place(name).is_some() {
        return with_kind("stage");
    }
    if names.rungs.place(name).is_some() {
        return with_kind("rung");
    }
    if names.deadlines.place(name).is_some() {
        return Some(format!("write `met:{name}` or `breach:{name}`"));
    }
    let all = names.events.iter().chain(["escalated", "reopened"]);
    crate::diagnostic::nearest_or_listed(name, "event", all)
}
