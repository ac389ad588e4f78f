//! The history of a case: what was reported, and what was concluded.

use crate::access::Reader;
use crate::wire::{Fact, fact};
use engine::machine::Machine;
use engine::model::Readable;
use engine::runtime::{self, Kept};
use engine::text::Strings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everything that was recorded of a case, in the order of recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// The decisions.
    pub decisions: Vec<TimelineDecision>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineDecision {
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// What was reported; left out where time alone acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<TimelineEvent>,
    /// What was concluded, as far as the token may read it.
    pub facts: Vec<Fact>,
}

/// What was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineEvent {
    /// The caller's id.
    pub id: String,
    /// The type of event.
    pub event: String,
    /// When it happened; with `date_only`, the first instant of the day.
    #[schema(format = DateTime)]
    pub at: String,
    /// Whether only the day is known.
    pub date_only: bool,
    /// Whose act it was: `role` or `role:person`.
    pub by: String,
    /// Who entered it for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// How it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The reason given, where the token may read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A fact and the case that it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactOfCase {
    /// The id of the case.
    pub case: String,
    /// The number of the decision, from 1: after it the case has this version.
    pub version: u32,
    /// When it was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: String,
    /// The fact.
    pub fact: Fact,
}

/// One event of the stream of facts, as the fields of server-sent events have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactEvent {
    /// The kind of the fact.
    #[schema(example = "stage-entered")]
    pub event: String,
    /// Where to read on after this fact: it stands at the last of a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The fact and its case, as JSON on one line.
    pub data: FactOfCase,
}

/// Opens a reason that may have been sealed.
pub(super) type Opened<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The history of a case as a reader may see it. `reason` opens what was sealed.
pub fn timeline<'a>(
    machine: &Machine,
    strings: &Strings,
    kept: impl Iterator<Item = &'a Kept>,
    (reader, reason): (&Reader, Opened<'_>),
) -> Timeline {
    let decisions = kept.map(|kept| TimelineDecision {
        recorded_at: kept.recorded_at.to_string(),
        event: kept.event.as_ref().map(|it| event(machine, strings, it, (reader, reason))),
        facts: facts(machine, strings, &kept.facts, reader),
    });
    Timeline { decisions: decisions.collect() }
}

/// The facts that a reader may see.
pub fn facts(
    machine: &Machine,
    strings: &Strings,
    facts: &[runtime::Fact],
    reader: &Reader,
) -> Vec<Fact> {
    let open = facts.iter().filter(|it| reader.sees(machine, it));
    open.map(|it| fact(machine, strings, None, it)).collect()
}

fn event(
    machine: &Machine,
    strings: &Strings,
    event: &runtime::Event,
    (reader, reason): (&Reader, Opened<'_>),
) -> TimelineEvent {
    let protocol = &machine.protocol;
    let actor = |actor: runtime::Actor| {
        let party = protocol.party_name(actor.party);
        actor.person.map_or(party.to_owned(), |id| format!("{party}:{}", strings.get(id)))
    };
    let channel = event.channel.and_then(|id| protocol.channels.get(id.index()));
    let is_open = reader.reads(machine, Readable::Reason(event.kind));
    TimelineEvent {
        id: strings.get(event.id).to_owned(),
        event: protocol.events.get(event.kind.index()).map_or("", |it| &it.name).to_owned(),
        at: event.at.to_string(),
        date_only: event.date_only,
        by: actor(event.actor),
        entered_by: event.entered_by.map(actor),
        channel: channel.map(|it| it.name.clone()),
        reason: event.reason.filter(|_| is_open).and_then(|id| reason(strings.get(id))),
    }
}
