//! One run of a clock, and what comes of it.

use crate::time::calendar::last_date;
use crate::time::instant::Instant;
use crate::time::term::Allowance;
use crate::time::term::Term;
use crate::time::zone::CivilNote;
use chrono::NaiveDate;

/// What starts a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// When it happened. With `date_only`, any instant of that civil date.
    pub at: Instant,
    /// Whether only the civil date is known. Hours then count from the start of that day, and
    /// [`Ends::Exact`](crate::time::Ends::Exact) means the last millisecond of the last day.
    pub date_only: bool,
    /// Whether a person's act started it, so that `outside_hours` applies.
    pub receipt: bool,
}

/// A stretch during which a clock does not run: paused at `from`, running at `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// First instant.
    pub from: Instant,
    /// First instant at which the clock runs again; none while it is paused.
    pub to: Option<Instant>,
}

/// What the length of a clock comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base<'a> {
    /// A counted term, or several, or none.
    Allowance(&'a Allowance),
    /// An agreed date: ends by `ends` (under `exact` with its last millisecond), is neither
    /// counted nor rolled nor paused.
    Date(NaiveDate),
}

/// One run of a clock.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// What started it.
    pub start: Start,
    /// How long it runs.
    pub base: Base<'a>,
    /// Extensions, each counted from the due instant before it, whose date is day 0.
    pub additions: &'a [Term],
    /// Pauses in order, disjoint; only the last may be open.
    pub pauses: &'a [Pause],
}

/// What is left of a term when its clock is paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Left {
    /// Days of the term's own kind (for weeks, months and years: calendar days).
    Days(u32),
    /// Running milliseconds (for working hours: inside windows).
    Ms(i64),
}

/// When a clock is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// The last instant that is in time. None for a duty without a term, and while paused.
    pub at: Option<Instant>,
    /// The last day: the day that is counted as the last, also where its close is after midnight.
    pub on: Option<NaiveDate>,
    /// Whether the civil time of the end exists once.
    pub note: CivilNote,
    /// Whether a month or year was cut to the last day of a shorter month.
    pub clamped: bool,
    /// The last day counted, if `roll` moved it.
    pub rolled_from: Option<NaiveDate>,
    /// The term that decides: of `min` and `max` one, else the only one; not an addition.
    pub term: Option<Term>,
    /// While paused: what is left of the term that is being counted. Additions after it come on
    /// top.
    pub left: Option<Left>,
}

/// Why there is no due instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// The count leaves the years a calendar knows.
    OutOfRange,
    /// The calendar has no window at all.
    NeverOpen,
}

impl std::fmt::Display for TimeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OutOfRange => {
                write!(f, "the term does not lie between 1970-01-01 and {}", last_date())
            }
            Self::NeverOpen => f.write_str("the calendar has no day with opening hours"),
        }
    }
}

impl std::error::Error for TimeError {}
