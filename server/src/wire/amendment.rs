//! Amendments of calendars.

use serde::{Deserialize, Serialize};
use store::amendments::Amended;
use store::cases::{KeptAmendment, Reached};
use utoipa::ToSchema;

/// A calendar is amended: a day of mourning is proclaimed, a holiday is moved. With at least one
/// date to add or to remove.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAmendment {
    /// The set of holidays, as calendars name it in `holidays`, for all protocols that count by
    /// it; or the id of a protocol and one of its calendars, with a slash between.
    #[schema(min_length = 1, max_length = 200, example = "england-and-wales")]
    pub calendar: String,
    /// The dates that are closed.
    #[serde(default)]
    #[schema(max_items = 400, format = Date)]
    pub add: Vec<String>,
    /// The dates that are no holiday any more.
    #[serde(default)]
    #[schema(max_items = 400, format = Date)]
    pub remove: Vec<String>,
    /// Why: what those days are. The working of a due instant shows it.
    #[schema(min_length = 1, max_length = 250, example = "Day of mourning")]
    pub reason: String,
    /// Where that is written.
    #[schema(min_length = 1, max_length = 250, example = "Proclamation of 8 June 2026")]
    pub source: String,
}

/// An amendment that was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Its number, from 1.
    pub number: u32,
    /// What the facts of cases call it: the hash over it and every amendment before it.
    pub hash: String,
    /// When it was recorded. From then on it holds.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// What was amended.
    pub calendar: String,
    /// The dates that are closed.
    pub add: Vec<String>,
    /// The dates that are no holiday any more.
    pub remove: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where that is written.
    pub source: String,
    /// Who recorded it: a role, or `admin`.
    pub by: String,
    /// Which person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Whether every open case was counted again. One that was not yet is, before anything else
    /// happens to it.
    pub done: bool,
}

/// All amendments of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendmentList {
    /// The amendments, by number.
    pub amendments: Vec<Amendment>,
}

/// An amendment as lists show it.
#[must_use]
pub fn amendment(amended: &Amended, kept: &KeptAmendment) -> Amendment {
    let dates = |all: &[engine::time::NaiveDate]| all.iter().map(ToString::to_string).collect();
    Amendment {
        number: kept.number,
        hash: kept.hash.to_string(),
        recorded_at: amended.recorded_at.to_string(),
        calendar: amended.calendar.clone(),
        add: dates(&amended.closed),
        remove: dates(&amended.open),
        reason: amended.reason.clone(),
        source: amended.source.clone(),
        by: amended.by.clone(),
        person: amended.person.clone(),
        done: kept.reached == Reached::All,
    }
}
