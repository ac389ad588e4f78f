//! The working behind a due instant, day by day or stretch by stretch.

use crate::time::instant::Instant;
use crate::time::term::Term;
use crate::time::zone::CivilNote;
use chrono::NaiveDate;

/// One line of the working.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The start fell outside the hours and counts from the next opening.
    MovedToOpening {
        /// When it happened.
        from: Instant,
        /// From when it counts.
        to: Instant,
    },
    /// A term is counted from here.
    Counting {
        /// The term.
        term: Term,
        /// The instant it starts from.
        from: Instant,
        /// The civil date it starts on: day 0.
        on: NaiveDate,
        /// Whether it is an extension, counted from the old due instant.
        added: bool,
    },
    /// Of several terms this one decides: the first to end of `min`, the last of `max`.
    Chosen {
        /// The term that decides.
        term: Term,
    },
    /// A fixed date was agreed; nothing is counted.
    Agreed {
        /// The date.
        on: NaiveDate,
    },
    /// A change of the term put the due instant into the past, so it is due at the change.
    DueAtChange {
        /// The due instant as counted.
        counted: Instant,
        /// The instant of the change.
        at: Instant,
    },
    /// A duty without a counted term.
    Promptly,
    /// A day of a term counted in days.
    Day {
        /// The civil date.
        on: NaiveDate,
        /// What became of it.
        what: DayWhat,
    },
    /// A stretch of running time of a term counted in hours or minutes.
    Stretch {
        /// First instant.
        from: Instant,
        /// First instant after it.
        to: Instant,
        /// Its length: elapsed milliseconds.
        counted_ms: i64,
    },
    /// A stretch of a pause during which a term in hours or minutes did not run.
    PausedStretch {
        /// First instant of the pause.
        from: Instant,
        /// The instant at which the clock runs again; none while it is paused.
        to: Option<Instant>,
    },
    /// A month or year ended before the day of the month that was meant.
    Clamped {
        /// The last day of that month, which is taken instead.
        to: NaiveDate,
    },
    /// The last day is closed, and `roll` moves it.
    Rolled {
        /// The last day counted.
        from: NaiveDate,
        /// The working day taken instead.
        to: NaiveDate,
    },
    /// The civil time of the end does not exist or occurs twice on that date.
    Moved {
        /// The date.
        on: NaiveDate,
        /// Which of the two.
        note: CivilNote,
        /// The instant taken.
        at: Instant,
    },
    /// The end; without instants while the clock is paused.
    Due {
        /// The due instant.
        at: Option<Instant>,
        /// The last day.
        on: Option<NaiveDate>,
    },
}

/// What became of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayWhat {
    /// Counted, as this one from 1.
    Counted(u32),
    /// The day of the event, which does not count.
    FirstDayNotCounted,
    /// The day of the event would count, but had ended when the clock started.
    EndedBeforeStart,
    /// Closed: the name of the holiday, closure or weekday.
    Closed(String),
    /// Paused at its end.
    Paused,
}

/// Takes the working. An implementation that records nothing costs nothing.
pub trait LedgerSink {
    /// Whether anything is kept. If not, days need not be walked one by one.
    const RECORDS: bool;
    /// Takes one line.
    fn push(&mut self, entry: impl FnOnce() -> Entry);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl LedgerSink for Silent {
    const RECORDS: bool = false;
    fn push(&mut self, _: impl FnOnce() -> Entry) {}
}

/// Keeps every line, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The lines.
    pub entries: Vec<Entry>,
}

impl LedgerSink for Ledger {
    const RECORDS: bool = true;
    fn push(&mut self, entry: impl FnOnce() -> Entry) {
        self.entries.push(entry());
    }
}
