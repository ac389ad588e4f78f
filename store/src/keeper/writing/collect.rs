//! What was decided on a set and is not written yet, as changes.

use engine::runtime::{Event, Kept, Report, next_due, record};
use engine::time::Instant;

use crate::cases::{Change, Decided, Failure, Message, Sealed, StreamId, Tenant};
use crate::chain;
use crate::keeper::News;
use crate::keeper::set::{Held, Part, Stream, WorkingSet};
use crate::keeper::writing::hand::Hand;
use crate::keeper::writing::report;
use crate::keeper::writing::standing::{duties, standing, state};
use crate::record::{Decision, encode};

/// What an order reported, for the decision that is its own.
pub(crate) struct Own<'a> {
    /// The event as it was decided.
    pub(crate) event: &'a Event,
    /// The report as it is stored.
    pub(crate) report: &'a Report,
}

/// Collects what was decided on a part, in the order of recording, and notes it with the streams
/// as written.
pub(crate) fn collect(
    hand: &mut Hand<'_>,
    set: &mut WorkingSet,
    place: usize,
    own: Option<&Own<'_>>,
    now: Instant,
) -> Result<(), Failure> {
    let tenant = set.key.0;
    let tenant_name = std::sync::Arc::clone(&set.tenant);
    let Some(part) = set.parts.get_mut(place) else { return Ok(()) };
    begin_stops(hand, part, &tenant_name, now)?;
    let mut fresh: Vec<(usize, Kept)> = Vec::new();
    for (place, stream) in part.streams.iter().enumerate() {
        let written = usize::try_from(stream.version).unwrap_or(usize::MAX);
        fresh.extend(kept(part, stream, written).map(|it| (place, it)));
    }
    fresh.sort_by_key(|(_, it)| it.recorded_at);
    let until = fresh.last().map(|(_, it)| it.recorded_at);
    let mut changes = Vec::with_capacity(fresh.len());
    for (place, kept) in fresh {
        let body = body(part, place, &kept, own)?;
        let Some(stream) = part.streams.get_mut(place) else { continue };
        stream.version = stream.version.saturating_add(1);
        stream.hash = chain::link(stream.hash, stream.version, &body);
        let decided = (stream.id, stream.version, stream.hash, body);
        changes.push(change(hand, (tenant, part, place), decided, &kept)?);
    }
    hand.add(changes);
    set.recorded_until = set.recorded_until.max(until.unwrap_or(set.recorded_until));
    Ok(())
}

/// What was decided on a stream after so many decisions.
fn kept<'a>(
    part: &'a Part,
    stream: &Stream,
    written: usize,
) -> Box<dyn Iterator<Item = Kept> + 'a> {
    match stream.held {
        Held::Case(key) => match part.register.get(key) {
            Some(held) => Box::new(held.kept().skip(written).map(|it| Kept::clone(it))),
            None => Box::new(std::iter::empty()),
        },
        Held::Stop(key) => match part.register.stop(key) {
            Some(held) => Box::new(held.kept().skip(written).map(|it| Kept::clone(it))),
            None => Box::new(std::iter::empty()),
        },
    }
}

/// Opens a stream for each stop that began.
fn begin_stops(
    hand: &Hand<'_>,
    part: &mut Part,
    tenant: &str,
    now: Instant,
) -> Result<(), Failure> {
    if part.loaded.machine.protocol.stops.is_empty() {
        return Ok(());
    }
    let known = |part: &Part, held: Held| {
        part.stream(held).is_some()
            || part.seen_stops.values().any(|seen| Held::Stop(*seen) == held)
    };
    let begun = part.register.stops().filter(|(key, _)| !known(part, Held::Stop(*key)));
    let begun: Vec<_> = begun.map(|(key, held)| (key, held.stream.stop, held.stream.on)).collect();
    for (key, stop, on) in begun {
        let mut stream = Stream {
            id: hand.shared.options.ids.stream(now)?,
            held: Held::Stop(key),
            version: 0,
            hash: crate::cases::Hash([0; 32]),
            ticket: None,
            secret: None,
            on: part.stream(Held::Case(on)).map(|it| it.id),
            stop: Some(part.stop_name(stop).to_owned()),
        };
        stream.hash = chain::genesis(&stream.origin(tenant, &part.loaded));
        part.streams.push(stream);
    }
    Ok(())
}

/// The body of a decision.
fn body(part: &Part, place: usize, kept: &Kept, own: Option<&Own<'_>>) -> Result<Vec<u8>, Failure> {
    let Some(stream) = part.streams.get(place) else { return Ok(Vec::new()) };
    let report = kept.event.as_ref().map(|event| match own {
        Some(own) if (own.event.id, own.event.stop) == (event.id, event.stop) => {
            Ok(own.report.clone())
        }
        _ => {
            let made = report::by_itself(&part.loaded.machine, &part.strings, event);
            made.ok_or_else(|| Failure::Damaged("an event that nobody reported".to_owned()))
        }
    });
    let decision = Decision {
        recorded_at: kept.recorded_at,
        report: report.transpose()?,
        facts: kept.facts.clone(),
    };
    encode(&part.loaded.dictionary, stream.stop.as_deref(), &part.strings, &decision)
}

/// A decision and all that follows from it.
fn change(
    hand: &mut Hand<'_>,
    (tenant, part, place): (Tenant, &Part, usize),
    (stream, version, hash, body): (StreamId, u32, crate::cases::Hash, Vec<u8>),
    kept: &Kept,
) -> Result<Change, Failure> {
    let lost = || Failure::Damaged(format!("the stream {stream} has no state"));
    let of = part.streams.get(place).ok_or_else(lost)?;
    let (machine, case) = state(part, of).ok_or_else(lost)?;
    let duties = duties(machine, case);
    let standing = standing(part, of, &duties).ok_or_else(lost)?;
    debug_assert_eq!(standing.acts_at, next_due(case));
    let mut messages = Vec::new();
    let receivers = hand.receivers(tenant)?;
    if let Some(announce) = hand.shared.options.announce.as_ref().filter(|_| !receivers.is_empty())
    {
        let strings = &part.strings;
        for fact in &kept.facts {
            let kind = kind(machine, part, fact);
            let news = News {
                machine,
                protocol: &part.loaded.machine,
                strings,
                standing: &standing,
                case,
                fact,
                recorded_at: kept.recorded_at,
            };
            for receiver in receivers.iter() {
                if !receiver.kinds.is_empty() && !receiver.kinds.contains(&kind) {
                    continue;
                }
                let body = announce.body(receiver, &news);
                messages.extend(body.map(|body| message(machine, receiver.id, &news, &kind, body)));
            }
        }
    }
    let (page, on_page) = hand.next_place(tenant)?;
    let decided = Decided { stream, version, page, place: on_page, body, hash };
    let sealed: Vec<Sealed> = Vec::new();
    Ok(Change { tenant, decided, standing, duties, sealed, answer: None, messages })
}

/// The kind of a fact, as facts are written.
fn kind(machine: &engine::machine::Machine, part: &Part, fact: &engine::runtime::Fact) -> String {
    let record = record(machine, &part.strings, fact);
    let kind = record.entries.into_iter().find(|(name, _)| *name == "kind");
    kind.and_then(|(_, kind)| kind).unwrap_or_default()
}

fn message(
    machine: &engine::machine::Machine,
    webhook: crate::cases::WebhookId,
    news: &News<'_>,
    kind: &str,
    body: Vec<u8>,
) -> Message {
    use engine::runtime::FactKind;
    let (tells, from) = match news.fact.kind {
        FactKind::Told { party, from } => (Some(machine.protocol.party_name(party)), from),
        FactKind::Corrected { told: Some(party), .. } => {
            (Some(machine.protocol.party_name(party)), None)
        }
        _ => (None, None),
    };
    // Whoever is told of what time did was to be told when it did, even if it was heard of later.
    let due = if news.fact.cause.is_none() { news.fact.at } else { news.recorded_at };
    Message {
        webhook,
        stream: news.standing.stream,
        sequence: news.fact.sequence,
        kind: kind.to_owned(),
        body,
        not_before: from.unwrap_or(due.min(news.recorded_at)),
        tells: tells.map(str::to_owned),
    }
}
