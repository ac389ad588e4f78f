//! How a due instant is counted, for programs.

use engine::machine::Machine;
use engine::time::{self, CivilNote, DayWhat, Entry, Instant, Zone};
use serde::Serialize;

use crate::question::Reply;
use crate::render::rfc3339;
use crate::render::rule_json::{RuleWire, rule};

/// Raised whenever a name below changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Answer<'a> {
    schema_version: u32,
    deadline: &'a str,
    title: &'a str,
    start: String,
    start_is_date: bool,
    due: Option<String>,
    warned_at: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<Vec<EntryWire>>,
    sentence: String,
    rule: RuleWire<'a>,
    warnings: &'a [String],
}

/// A line of the working; `what` says which, and what is not of its kind is left out.
#[derive(Default, Serialize)]
struct EntryWire {
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// The answer of `when --format json`.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn due_json(machine: &Machine, reply: &Reply<'_>) -> serde_json::Result<String> {
    written(&answer(machine, reply, None))
}

/// The answer of `explain --format json`: the same with the working.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn ledger_json(machine: &Machine, reply: &Reply<'_>) -> serde_json::Result<String> {
    let zone = &machine.protocol.zone;
    let entries = reply.answer.ledger.entries.iter().map(|it| entry(zone, it)).collect();
    written(&answer(machine, reply, Some(entries)))
}

fn written(answer: &Answer<'_>) -> serde_json::Result<String> {
    serde_json::to_string_pretty(answer).map(|text| text + "\n")
}

fn answer<'a>(
    machine: &'a Machine,
    reply: &'a Reply<'_>,
    ledger: Option<Vec<EntryWire>>,
) -> Answer<'a> {
    let zone = &machine.protocol.zone;
    let calendar = &machine.protocol.calendars[reply.deadline.calendar.index()];
    let instant = |at: &Instant| rfc3339(zone, *at);
    Answer {
        schema_version: SCHEMA_VERSION,
        deadline: &reply.deadline.name,
        title: &reply.deadline.title,
        start: rfc3339(zone, reply.start.at),
        start_is_date: reply.start.date_only,
        due: reply.answer.due.and_then(|due| due.at).map(|at| rfc3339(zone, at)),
        warned_at: reply.answer.warnings.iter().map(instant).collect(),
        ledger,
        sentence: time::sentence(&reply.answer.ledger, calendar),
        rule: rule(machine, reply.rule),
        warnings: &reply.warnings,
    }
}

fn entry(zone: &Zone, entry: &Entry) -> EntryWire {
    let instant = |at: &Instant| Some(rfc3339(zone, *at));
    let date = |on: &chrono::NaiveDate| Some(on.to_string());
    let none = EntryWire::default();
    match entry {
        Entry::MovedToOpening { from, to } => {
            EntryWire { what: "moved_to_opening", from: instant(from), to: instant(to), ..none }
        }
        Entry::Counting { term, from, on, added } => EntryWire {
            what: if *added { "extended" } else { "counting" },
            on: date(on),
            from: instant(from),
            name: Some(term.to_string()),
            ..none
        },
        Entry::Chosen { term } => {
            EntryWire { what: "chosen", name: Some(term.to_string()), ..none }
        }
        Entry::Agreed { on } => EntryWire { what: "agreed", on: date(on), ..none },
        Entry::DueAtChange { counted, at } => {
            EntryWire { what: "due_at_change", from: instant(counted), to: instant(at), ..none }
        }
        Entry::Promptly => EntryWire { what: "promptly", ..none },
        Entry::Day { on, what } => day(date(on), what),
        Entry::Stretch { from, to, counted_ms } => EntryWire {
            what: "stretch",
            from: instant(from),
            to: instant(to),
            counted_ms: Some(*counted_ms),
            ..none
        },
        Entry::PausedStretch { from, to } => EntryWire {
            what: "paused_stretch",
            from: instant(from),
            to: to.as_ref().and_then(instant),
            ..none
        },
        Entry::Clamped { to } => EntryWire { what: "clamped", on: date(to), ..none },
        Entry::Rolled { from, to } => {
            EntryWire { what: "rolled", from: date(from), to: date(to), ..none }
        }
        Entry::Moved { on, note, at } => EntryWire {
            what: match note {
                CivilNote::Plain => "time_kept",
                CivilNote::Skipped => "time_skipped",
                CivilNote::Repeated => "time_repeated",
            },
            on: date(on),
            to: instant(at),
            ..none
        },
        Entry::Due { at, on } => EntryWire {
            what: "due",
            on: on.as_ref().and_then(date),
            to: at.as_ref().and_then(instant),
            ..none
        },
    }
}

fn day(on: Option<String>, what: &DayWhat) -> EntryWire {
    let none = EntryWire { on, ..EntryWire::default() };
    match what {
        DayWhat::Counted(number) => EntryWire { what: "counted", number: Some(*number), ..none },
        DayWhat::FirstDayNotCounted => EntryWire { what: "first_day_not_counted", ..none },
        DayWhat::EndedBeforeStart => EntryWire { what: "ended_before_start", ..none },
        DayWhat::Closed(name) => EntryWire { what: "closed", name: Some(name.clone()), ..none },
        DayWhat::Paused => EntryWire { what: "paused", ..none },
    }
}
