//! What callers report, and what they are answered.

use crate::problem::ProblemBody;
use crate::wire::written::all_given;
use crate::wire::{CaseState, Fact, FieldValue, Id, Moment, Name, Words};
use engine::machine::Machine;
use engine::runtime;
use engine::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A case to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    /// The id of the protocol; the version that is in use at the receipt applies.
    #[schema(example = "small-business")]
    pub protocol: Name,
    /// The caller's id of this report, unique within the case; the idempotency key where it is
    /// left out.
    pub id: Option<Id>,
    /// When the complaint was received; the instant of recording where it is left out.
    pub at: Option<Moment>,
    /// Whose act it is: `role` or `role:person`.
    #[schema(example = "complainant")]
    pub by: Name,
    /// Who entered it for them: `role` or `role:person`.
    pub entered_by: Option<Name>,
    /// How it came.
    pub channel: Option<Name>,
    /// As what it is taken in, where the protocol has several kinds; the first where it is left
    /// out.
    pub intake: Option<Name>,
    /// The person who complains, as an opaque id.
    pub complainant: Option<Id>,
    /// The person complained about, as an opaque id.
    pub respondent: Option<Id>,
    /// The fields that it brings.
    #[serde(default)]
    pub data: BTreeMap<String, FieldValue>,
    /// The reason given.
    pub reason: Option<Words>,
}

/// An event of a case, or of a stop on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The type of event, as the protocol names it.
    #[schema(example = "acknowledged")]
    pub event: Name,
    /// The caller's id of this report, unique within the case; the idempotency key where it is
    /// left out.
    pub id: Option<Id>,
    /// When it happened; the instant of recording where it is left out.
    pub at: Option<Moment>,
    /// Whose act it is: `role` or `role:person`.
    #[schema(example = "agent")]
    pub by: Name,
    /// Who entered it for them: `role` or `role:person`.
    pub entered_by: Option<Name>,
    /// How it came.
    pub channel: Option<Name>,
    /// The fields that it brings.
    #[serde(default)]
    pub data: BTreeMap<String, FieldValue>,
    /// The id of the entry, for an event of a record.
    pub entry: Option<Id>,
    /// The reason given.
    pub reason: Option<Words>,
    /// The stop that it is about.
    pub stop: Option<Name>,
    /// The other case, for an event that names one, as an opaque id.
    pub case: Option<Id>,
    /// The letter that failed.
    pub letter: Option<Name>,
    /// The person who complains, for an event that makes a complaint of something else.
    pub complainant: Option<Id>,
    /// What it says of an earlier report, for `corrected`.
    pub revision: Option<Revision>,
}

/// What is said of an earlier report; its corrected fields stand in `data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// The id of the earlier report.
    pub of: Id,
    /// When it happened, where that was wrong.
    pub happened_at: Option<Moment>,
    /// Whether it never happened in this case.
    #[serde(default)]
    pub struck: bool,
}

/// Several events, each of a case; the order is kept for each case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The events.
    #[schema(min_items = 1, max_items = 1_000)]
    pub events: Vec<BatchEvent>,
}

/// One event of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchEvent {
    /// Its idempotency key.
    pub key: Id,
    /// The id of the case.
    #[schema(format = Uuid)]
    pub case: String,
    /// The event.
    pub report: Report,
}

/// The answers to several events, in their order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchAnswers {
    /// One for each event.
    pub answers: Vec<BatchAnswer>,
}

/// The answer to one event of several.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchAnswer {
    /// Its idempotency key.
    pub key: String,
    /// The status that it would have had alone.
    pub status: u16,
    /// Whether this is the answer to an earlier request with the same key.
    pub replayed: bool,
    /// What was decided, where it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Reported>)]
    pub reported: Option<Box<serde_json::value::RawValue>>,
    /// Why it was not, else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ProblemBody>)]
    pub problem: Option<Box<serde_json::value::RawValue>>,
}

/// An event that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// What was concluded, in order; nothing where the same event was reported before.
    pub facts: Vec<Fact>,
    /// The case after it.
    pub case: CaseState,
    /// The events that the stage takes now; `GET /v1/cases/{id}/allowed` says by whom and on what it
    /// depends.
    pub allowed: Vec<String>,
}

/// A case that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// What a complainant must know besides the ticket to read the status. It is said here and
    /// nowhere else; give it to the complainant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// What was concluded, in order.
    pub facts: Vec<Fact>,
    /// The case.
    pub case: CaseState,
    /// The events that the stage takes now; `GET /v1/cases/{id}/allowed` says by whom and on what it
    /// depends.
    pub allowed: Vec<String>,
}

impl OpenCase {
    /// What the engine calls it. `key` is its id where it has none.
    #[must_use]
    pub fn report(&self, machine: &Machine, key: &str) -> runtime::Report {
        let id = self.id.as_ref().map_or(key, |it| &it.0);
        let mut report = runtime::Report::new(id, "opened", Instant::MIN, self.by.0.clone());
        report.entered_by = name(self.entered_by.as_ref());
        report.channel = name(self.channel.as_ref());
        report.intake = name(self.intake.as_ref());
        report.complainant = self.complainant.as_ref().map(|it| it.0.clone());
        report.respondent = self.respondent.as_ref().map(|it| it.0.clone());
        report.reason = self.reason.as_ref().map(|it| it.0.clone());
        report.data = all_given(&machine.protocol, &report.event, &self.data);
        report
    }
}

impl Report {
    /// What the engine calls it. `key` is its id where it has none.
    #[must_use]
    pub fn report(&self, machine: &Machine, key: &str) -> runtime::Report {
        let of_stop = self.stop.as_ref().and_then(|it| machine.protocol.stop(&it.0));
        let protocol = &of_stop.and_then(|id| machine.stop(id)).unwrap_or(machine).protocol;
        let id = self.id.as_ref().map_or(key, |it| &it.0);
        let event = self.event.0.as_str();
        let mut report = runtime::Report::new(id, event, Instant::MIN, self.by.0.clone());
        report.entered_by = name(self.entered_by.as_ref());
        report.channel = name(self.channel.as_ref());
        report.entry = self.entry.as_ref().map(|it| it.0.clone());
        report.reason = self.reason.as_ref().map(|it| it.0.clone());
        report.stop = name(self.stop.as_ref());
        report.case = self.case.as_ref().map(|it| it.0.clone());
        report.letter = name(self.letter.as_ref());
        report.complainant = self.complainant.as_ref().map(|it| it.0.clone());
        report.revision = self.revision.as_ref().map(|it| runtime::Revision {
            of: it.of.0.clone(),
            happened_at: it.happened_at.as_ref().and_then(Moment::reported),
            struck: it.struck,
        });
        report.data = all_given(protocol, event, &self.data);
        report
    }
}

fn name(name: Option<&Name>) -> Option<String> {
    name.map(|it| it.0.clone())
}
