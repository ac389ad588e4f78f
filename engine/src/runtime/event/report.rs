//! An event as it came: names and texts. Reports are what a journal keeps, so that everything can
//! be decided again.

use rust_decimal::Decimal;

use crate::runtime::event::revision::Revision;
use crate::time::{Instant, NaiveDate};

/// When something happened, as it was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedAt {
    /// At an instant.
    Instant(Instant),
    /// Within a day of the protocol's zone.
    Date(NaiveDate),
}

/// A value as it was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Text, the name of a choice, a role.
    Text(String),
    /// A number or an amount of money.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A civil date.
    Date(NaiveDate),
    /// A reference to a personal value that the store keeps apart.
    Slot(String),
}

/// An event as it came: names and texts, nothing resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The caller's id, unique within the case.
    pub id: String,
    /// The type of event.
    pub event: String,
    /// When it happened.
    pub at: ReportedAt,
    /// When it reached the organisation's records.
    pub recorded_at: Instant,
    /// Whose act it is: `role` or `role:person`.
    pub by: String,
    /// Who entered it for them.
    pub entered_by: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// The fields it brings, in the order reported.
    pub data: Vec<(String, Given)>,
    /// The id of the entry, for an event of a record: unique within the case and the record.
    pub entry: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
    /// The person who complains, as an opaque id.
    pub complainant: Option<String>,
    /// The person complained about, as an opaque id.
    pub respondent: Option<String>,
    /// What it says of an earlier report, for `corrected`.
    pub revision: Option<Revision>,
    /// What was known of the person's other cases when it was decided first: the answer to each
    /// question of the protocol, in its order. Empty where nobody has looked yet.
    pub history: Vec<u32>,
    /// The stop that it is about, for an event of a stop.
    pub stop: Option<String>,
    /// The stops in force for the person.
    pub stops: Vec<String>,
    /// The other case, for `merged`, `split` and `linked`, as an opaque id.
    pub case: Option<String>,
    /// The letter that failed, for `letter_failed`.
    pub letter: Option<String>,
    /// As what a case is taken in, for `opened`.
    pub intake: Option<String>,
}

impl Report {
    /// A report of what happened at an instant and was recorded at once. It brings nothing else.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        event: impl Into<String>,
        at: Instant,
        by: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            event: event.into(),
            at: ReportedAt::Instant(at),
            recorded_at: at,
            by: by.into(),
            entered_by: None,
            channel: None,
            data: Vec::new(),
            entry: None,
            reason: None,
            complainant: None,
            respondent: None,
            revision: None,
            history: Vec::new(),
            stop: None,
            stops: Vec::new(),
            case: None,
            letter: None,
            intake: None,
        }
    }
}
