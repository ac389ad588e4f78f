//! How a due instant is counted, line by line.

use crate::wire::{Rule, rule};
use engine::machine::Machine;
use engine::model::Deadline;
use engine::time::{self, CivilNote, DayWhat, Due, Entry, Instant, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the due instant of a deadline of a case is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The deadline.
    pub deadline: String,
    /// Its name for people.
    pub title: String,
    /// Which instance of it, from 1.
    pub occurrence: u32,
    /// From when it counts.
    #[schema(format = DateTime)]
    pub start: String,
    /// Whether only the day of the start is known.
    pub start_is_date: bool,
    /// When it is due, inclusive; left out while its clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// The whole working in a sentence.
    pub sentence: String,
    /// The working, line by line.
    pub lines: Vec<LedgerLine>,
    /// The rule that says so.
    pub rule: Rule,
}

/// A line of the working; `what` says which, and which of the other members are there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerLine {
    /// What the line says.
    #[schema(example = "counted")]
    pub what: String,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub on: Option<String>,
    /// From which instant or day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// To which instant or day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Which day of the term it is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// How much of the term it uses up, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_ms: Option<i64>,
    /// The term, or why the day is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A letter as somebody received it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// Who reads it.
    pub recipient: String,
    /// Its language, as BCP 47 says.
    pub language: String,
    /// When it became due.
    #[schema(format = DateTime)]
    pub at: String,
    /// Its text.
    pub text: String,
    /// The same as a page.
    pub html: String,
}

/// What a ledger is about.
#[derive(Clone, Copy)]
pub struct Counted<'a> {
    /// The deadline.
    pub deadline: &'a Deadline,
    /// Which instance.
    pub occurrence: u16,
    /// From when it counts.
    pub start: time::Start,
    /// The working.
    pub ledger: &'a time::Ledger,
    /// What came of it.
    pub due: Option<Due>,
}

/// A ledger as it is written.
#[must_use]
pub fn ledger(machine: &Machine, of: &Counted<'_>) -> Ledger {
    let calendar = machine.protocol.calendars.get(of.deadline.calendar.index());
    let sentence = calendar.map(|it| time::sentence(of.ledger, it));
    Ledger {
        deadline: of.deadline.name.clone(),
        title: of.deadline.title.clone(),
        occurrence: u32::from(of.occurrence),
        start: of.start.at.to_string(),
        start_is_date: of.start.date_only,
        due: of.due.and_then(|it| it.at).map(|it| it.to_string()),
        sentence: sentence.unwrap_or_default(),
        lines: of.ledger.entries.iter().map(line).collect(),
        rule: rule(machine, of.deadline.rule),
    }
}

fn line(entry: &Entry) -> LedgerLine {
    let instant = |at: &Instant| Some(at.to_string());
    let date = |on: &NaiveDate| Some(on.to_string());
    let of = |what: &str| LedgerLine { what: what.to_owned(), ..LedgerLine::default() };
    match entry {
        Entry::MovedToOpening { from, to } => {
            LedgerLine { from: instant(from), to: instant(to), ..of("moved_to_opening") }
        }
        Entry::Counting { term, from, on, added } => LedgerLine {
            on: date(on),
            from: instant(from),
            name: Some(term.to_string()),
            ..of(if *added { "extended" } else { "counting" })
        },
        Entry::Chosen { term } => LedgerLine { name: Some(term.to_string()), ..of("chosen") },
        Entry::Agreed { on } => LedgerLine { on: date(on), ..of("agreed") },
        Entry::DueAtChange { counted, at } => {
            LedgerLine { from: instant(counted), to: instant(at), ..of("due_at_change") }
        }
        Entry::Promptly => of("promptly"),
        Entry::Day { on, what } => LedgerLine { on: date(on), ..day(what) },
        Entry::Stretch { from, to, counted_ms } => LedgerLine {
            from: instant(from),
            to: instant(to),
            counted_ms: Some(*counted_ms),
            ..of("stretch")
        },
        Entry::PausedStretch { from, to } => LedgerLine {
            from: instant(from),
            to: to.as_ref().and_then(instant),
            ..of("paused_stretch")
        },
        Entry::Clamped { to } => LedgerLine { on: date(to), ..of("clamped") },
        Entry::Rolled { from, to } => LedgerLine { from: date(from), to: date(to), ..of("rolled") },
        Entry::Moved { on, note, at } => {
            let what = match note {
                CivilNote::Plain => "time_kept",
                CivilNote::Skipped => "time_skipped",
                CivilNote::Repeated => "time_repeated",
            };
            LedgerLine { on: date(on), to: instant(at), ..of(what) }
        }
        Entry::Due { at, on } => LedgerLine {
            on: on.as_ref().and_then(date),
            to: at.as_ref().and_then(instant),
            ..of("due")
        },
    }
}

fn day(what: &DayWhat) -> LedgerLine {
    let of = |what: &str| LedgerLine { what: what.to_owned(), ..LedgerLine::default() };
    match what {
        DayWhat::Counted(number) => LedgerLine { number: Some(*number), ..of("counted") },
        DayWhat::FirstDayNotCounted => of("first_day_not_counted"),
        DayWhat::EndedBeforeStart => of("ended_before_start"),
        DayWhat::Closed(name) => LedgerLine { name: Some(name.clone()), ..of("closed") },
        DayWhat::Paused => of("paused"),
    }
}
