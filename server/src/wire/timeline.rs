//! The history of a case: what was reported, and what was concluded.

use crate::access::Reader;
use crate::wire::{Fact, fact};
use engine::machine::Machine;
use engine::model::Readable;
use engine::runtime::{self, Kept};
use engine::text::Strings;
use engine::time::Instant;
use serde::{Deserialize, Serialize};
use store::cases::StreamId;
use utoipa::ToSchema;

/// Everything that was recorded of a case, and of the stops that were proposed on it, in the order
/// of recording.
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
    /// The id of the stop that it is about; left out for the case itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
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
    /// The id of the case; of a stop, of the case on which it was proposed.
    pub case: String,
    /// The id of the stop that it is of; left out for the case itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
    /// The number of the decision, from 1: after it the case, or the stop, has this version.
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

/// What is known of a case, or of a stop on it.
#[derive(Clone, Copy)]
pub struct Stream<'a> {
    /// The machine that decides it.
    pub machine: &'a Machine,
    /// Its strings.
    pub strings: &'a Strings,
    /// The id and the name of the stop; nothing for the case itself.
    pub stop: Option<(StreamId, &'a str)>,
    /// What was decided, in the order of deciding.
    pub kept: &'a [Kept],
}

/// The history of a case as a reader may see it, as far as it was recorded by an instant. `streams`
/// are the case and its stops; `reason` opens what was sealed.
#[must_use]
pub fn timeline(
    streams: &[Stream<'_>],
    until: Instant,
    (reader, reason): (&Reader, Opened<'_>),
) -> Timeline {
    let mut all = Vec::new();
    for stream in streams {
        // What time did before a report that came late is recorded at its own instant. It was not
        // known before the report was.
        let mut known_at = Instant::MIN;
        for kept in stream.kept {
            known_at = known_at.max(kept.recorded_at);
            all.push((known_at, stream, kept));
        }
    }
    all.retain(|(known_at, ..)| *known_at <= until);
    all.sort_by_key(|(known_at, ..)| *known_at);
    let decisions = all.into_iter().map(|(_, stream, kept)| TimelineDecision {
        stop: stream.stop.map(|(id, _)| id.to_string()),
        recorded_at: kept.recorded_at.to_string(),
        event: kept.event.as_ref().map(|it| event(stream, it, (reader, reason))),
        facts: facts(stream, &kept.facts, reader),
    });
    Timeline { decisions: decisions.collect() }
}

/// The facts that a reader may see.
#[must_use]
pub fn facts(stream: &Stream<'_>, facts: &[runtime::Fact], reader: &Reader) -> Vec<Fact> {
    let Stream { machine, strings, stop, .. } = *stream;
    let reads = |what| reader.reads(machine, what);
    let open = facts.iter().filter(|it| reader.sees(machine, it));
    open.map(|it| fact(machine, strings, (stop.map(|it| it.1), &reads), it)).collect()
}

fn event(
    stream: &Stream<'_>,
    event: &runtime::Event,
    (reader, reason): (&Reader, Opened<'_>),
) -> TimelineEvent {
    let Stream { machine, strings, .. } = *stream;
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
