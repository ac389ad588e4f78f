//! How terms are counted: the `[time]` table of a protocol.

use crate::time::zone::Twice;

/// Whether the day of the event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirstDay {
    /// The day after is the first (Regulation 1182/71, article 3).
    Next,
    /// The day of the event is the first, if the clock runs at its end.
    Same,
}

/// When the last day of a term ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ends {
    /// At the close of its last window; a day without windows has no close of business and ends
    /// as under `Midnight`.
    Close,
    /// With its last millisecond in the calendar's zone.
    Midnight,
    /// At the time of day of the start. `FirstDay::Same` means nothing then and is read as `Next`.
    Exact,
}

/// What happens to a term in calendar days, weeks, months or years that ends on a closed day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Roll {
    /// It ends on the next working day at whose end the clock runs.
    Forward,
    /// It ends on the working day before, unless that had ended when the clock started.
    Back,
    /// It stays.
    None,
}

/// What happens to a start outside the windows of the calendar. An opening instant is inside its
/// window, a closing instant is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutsideHours {
    /// It counts from when it happened.
    AsIs,
    /// It counts from the next opening.
    NextWorkingDay,
}

/// How terms are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rules {
    /// Whether the day of the event counts.
    pub first_day: FirstDay,
    /// When the last day ends.
    pub ends: Ends,
    /// What happens when the last day is closed.
    pub roll: Roll,
    /// What happens to a receipt outside hours.
    pub outside_hours: OutsideHours,
    /// Which instant is meant by a civil time that occurs twice, under [`Ends::Exact`].
    pub twice: Twice,
}
