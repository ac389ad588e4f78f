//! When a letter was sent in a scenario, and how its case stood then.

use chrono::Datelike;

use crate::machine::Machine;
use crate::model::{LetterId, StopId};
use crate::runtime::{Case, CaseKey, Fact, FactKind, StopDates, StopKey, StopStream, fold};
use crate::scenario::Outcome;
use crate::text::Symbol;
use crate::time::Instant;

/// The ticket number of a case whose protocol does not say how tickets look.
const TICKET: &str = "C-2026-000001";

/// A letter that was sent in a scenario.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The number of the step, 0 for `[opened]`.
    pub step: u32,
    /// The letter.
    pub letter: LetterId,
    /// The ticket number: as if each case were the first of its year.
    pub ticket: String,
    /// When it became due.
    pub at: Instant,
    /// The case after the decision that sent it.
    pub case: Case,
    /// The reason that the event brought which sent it.
    pub reason: Option<Symbol>,
    /// The stop that sent it, and its dates then.
    pub stop: Option<(StopId, StopDates)>,
}

/// Whose fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Case(CaseKey),
    Stop(StopKey, StopId),
}

/// The letters that were sent, in order.
#[must_use]
pub fn sent(machine: &Machine, outcome: &Outcome) -> Vec<Sent> {
    let mut all: Vec<(u32, Stream, Fact)> = Vec::new();
    for step in &outcome.steps {
        let mut add = |stream, fact: &Fact| all.push((step.number, stream, *fact));
        step.elsewhere.iter().for_each(|(key, fact)| add(Stream::Case(*key), fact));
        step.facts.iter().for_each(|fact| add(Stream::Case(step.case), fact));
        step.stopped.iter().for_each(|it| add(Stream::Stop(it.key, it.stop), &it.fact));
    }
    let letter = |place: usize| one(machine, outcome, &all, place);
    (0..all.len()).filter_map(letter).collect()
}

fn one(
    machine: &Machine,
    outcome: &Outcome,
    all: &[(u32, Stream, Fact)],
    place: usize,
) -> Option<Sent> {
    let (step, stream, fact) = *all.get(place)?;
    let FactKind::LetterDue { letter } = fact.kind else { return None };
    let together = |it: &&(u32, Stream, Fact)| {
        it.1 == stream && it.2.cause == fact.cause && it.2.at == fact.at
    };
    let end = place.saturating_add(all.get(place..)?.iter().take_while(together).count());
    let of = |wanted: Stream| -> Vec<Fact> {
        let facts = all.iter().take(end).filter(|it| it.1 == wanted);
        facts.map(|it| it.2).collect()
    };
    let (key, stop) = match stream {
        Stream::Case(key) => (key, None),
        Stream::Stop(key, id) => {
            let on = outcome.register.stop(key)?.stream.on;
            let mut life = StopStream::new(machine, id, on, None)?;
            life.case = fold(machine.stop(id)?, &of(stream));
            (on, Some((id, life.dates())))
        }
    };
    let case = fold(machine, &of(Stream::Case(key)));
    Some(Sent {
        step,
        letter,
        ticket: ticket(machine, &case),
        at: fact.at,
        case,
        reason: fact.cause.and_then(|id| reason(outcome, id)),
        stop,
    })
}

fn reason(outcome: &Outcome, id: Symbol) -> Option<Symbol> {
    let reported = outcome.steps.iter().flat_map(|step| &step.reported);
    reported.map(|it| &it.event).find(|it| it.id == id).and_then(|it| it.reason)
}

fn ticket(machine: &Machine, case: &Case) -> String {
    let protocol = &machine.protocol;
    let opened = case.opened_at.map(|at| protocol.zone.civil(at).year());
    match (&protocol.ticket, opened) {
        (Some(scheme), Some(year)) => scheme.ticket(year, 1),
        _ => TICKET.to_owned(),
    }
}
