//! Points, terms, dates and places in sentences.

use engine::machine::Machine;
use engine::model::{DeadlineId, Point, RuleId};
use engine::text::{SourceSet, Span};
use engine::time::{Allowance, NaiveDate};

use crate::render::check::place;
use crate::render::one_line;

/// "`a`", "`a` or `b`", "`a`, `b` or `c`".
pub(super) fn either(machine: &Machine, points: &[Point]) -> String {
    listed(points.iter().map(|it| format!("`{}`", machine.protocol.point_name(*it))), "or")
}

/// "`a` has not", "neither `a` nor `b` has", "none of `a`, `b` and `c` has".
pub(super) fn none_of(machine: &Machine, points: &[Point]) -> String {
    let named = |last| {
        let names = points.iter().map(|it| format!("`{}`", machine.protocol.point_name(*it)));
        listed(names, last)
    };
    match points.len() {
        0 | 1 => format!("{} has not", named("or")),
        2 => format!("neither {} has", named("nor")),
        _ => format!("none of {} has", named("and")),
    }
}

/// "`a`", "`a` and `b`".
pub(super) fn deadlines(machine: &Machine, ids: &[DeadlineId]) -> String {
    listed(ids.iter().map(|it| format!("`{}`", deadline(machine, *it))), "and")
}

pub(super) fn deadline(machine: &Machine, id: DeadlineId) -> &str {
    machine.protocol.deadlines.get(id.index()).map_or("", |it| it.name.as_str())
}

pub(super) fn listed(parts: impl IntoIterator<Item = String>, last: &str) -> String {
    let mut parts: Vec<String> = parts.into_iter().collect();
    match parts.pop() {
        None => "nothing".to_owned(),
        Some(only) if parts.is_empty() => only,
        Some(end) => format!("{} {last} {end}", parts.join(", ")),
    }
}

/// "8 weeks", "the sooner of 10 working days and 8 weeks".
pub(super) fn term(allowance: &Allowance) -> String {
    let of = |which: &str, terms: &[engine::time::Term]| {
        format!("the {which} of {}", listed(terms.iter().map(ToString::to_string), "and"))
    };
    match allowance {
        Allowance::Promptly => "a short while".to_owned(),
        Allowance::Term(term) => term.to_string(),
        Allowance::Min(terms) => of("soonest", terms),
        Allowance::Max(terms) => of("latest", terms),
    }
}

/// Whether a term is spoken of as more than one.
pub(super) fn is_many(allowance: &Allowance) -> bool {
    matches!(allowance, Allowance::Term(term) if term.amount != 1)
}

/// "1 calendar day", "12 calendar days".
pub(super) fn days(number: u32) -> String {
    match number {
        1 => "1 calendar day".to_owned(),
        _ => format!("{number} calendar days"),
    }
}

/// "once", "twice", "3 times".
pub(super) fn times(number: u16) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{number} times"),
    }
}

/// "Wednesday 24 December 2025".
pub(super) fn whole_date(on: NaiveDate) -> String {
    on.format("%A %-d %B %Y").to_string()
}

/// "24 December 2025".
pub(super) fn date(on: NaiveDate) -> String {
    on.format("%-d %B %Y").to_string()
}

/// "procedure.toml:120", with the folder of the protocol before it.
pub(super) fn place_of(machine: &Machine, sources: &SourceSet, rule: RuleId) -> String {
    line_of(sources, machine.protocol.rule(rule).span)
}

/// The file and the line of a place.
pub(super) fn line_of(sources: &SourceSet, span: Span) -> String {
    let at = place(span, sources);
    one_line(&format!("{}:{}", at.file, at.line))
}

/// What stands at a place, on one line.
pub(super) fn text_of(sources: &SourceSet, span: Span) -> String {
    let text = sources.get(span.file).and_then(|it| it.readable().get(span.range()));
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    one_line(&words.join(" "))
}
