//! A figure, and what it counts.

/// A figure of a return.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// What is counted: a name of [`DEFINITIONS`].
    pub name: &'static str,
    /// Of which cases, or of which deadline: `severity`, `deadline`, a field; empty for all.
    pub by: String,
    /// The value of it.
    pub value: String,
    /// How many; nothing where there is nothing to work it out from.
    pub n: Option<u64>,
}

/// What each figure counts. Dates are those of the zone of the protocol, both ends of the period
/// belong to it, and everything is as it was on record at the instant of the return.
pub const DEFINITIONS: [(&str, &str); 22] = [
    ("received", "cases received in the period"),
    (
        "closed",
        "cases closed in the period; one that was reopened counts in each period in which it was closed, and once in each",
    ),
    ("reopened", "cases reopened in the period"),
    ("upheld", "of those closed in the period, those that count as upheld by [history] upheld"),
    (
        "not upheld",
        "of those closed in the period, those that do not; without [history] upheld neither is said",
    ),
    ("open", "cases that were received by the end of the period and open at its end"),
    ("open, 0 to 3 days", "of those, received up to 3 days before the end of the period"),
    ("open, 4 to 28 days", "of those, received 4 to 28 days before"),
    ("open, 29 to 56 days", "of those, received 29 to 56 days before"),
    ("open, over 56 days", "of those, received more than 56 days before"),
    (
        "days to close, median",
        "of those closed in the period: days from the date of receipt to the date of closing; the least number that half of them do not exceed",
    ),
    ("days to close, 90 %", "the least number of days that 90 % of them do not exceed"),
    (
        "working days to close, median",
        "working days after the date of receipt up to the date of closing, on the calendar of the protocol; the least number that half of them do not exceed",
    ),
    (
        "working days to close, 90 %",
        "the least number of working days that 90 % of them do not exceed",
    ),
    (
        "due",
        "clocks of this deadline that fell due in the period: those that were called off or replaced before they were due are left out, and so is what is not due yet",
    ),
    ("within", "of those due, met in time"),
    ("over", "of those due, not met in time"),
    ("over and done", "of those, met after they were due"),
    ("over and owed", "of those, owed still"),
    ("over and dropped", "of those, called off or replaced without having been met"),
    (
        "days over, median",
        "of those not met in time: days from the due date to the date of the end, or of the return; the least number that half of them do not exceed",
    ),
    (
        "entries",
        "entries of this record, in cases received in the period, that hold this: a case with three counts three times",
    ),
];
