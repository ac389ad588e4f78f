//! The stops of a register: streams beside its cases.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Covers, RuleId, StopEvent, StopId, StopStage};
use crate::runtime::{
    Case, CaseKey, Context, Event, Explanation, Fact, HeldStop, NoDecision, Refusal, RefusalKind,
    Register, StopStream, case_ends, explain_stop, explain_wake, next_due, refused_act,
};
use crate::text::{Strings, Symbol};
use crate::time::Instant;

/// The id of the event that ends a stop with its case. It happens once in the life of a stop.
const CASE_CLOSED: &str = "case-closed";

/// A stop of a [`Register`], by its place: streams are numbered from 0 as they were added. Means
/// nothing outside its register and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StopKey(u32);

impl StopKey {
    fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// Its place.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl Register {
    /// Adds a stop that has begun elsewhere.
    pub fn add_stop(&mut self, stream: StopStream) -> StopKey {
        let begun = stream.stage();
        self.push_stop(HeldStop::new(stream, begun))
    }

    pub(super) fn push_stop(&mut self, held: HeldStop) -> StopKey {
        let key = StopKey::at(self.stops.len());
        self.stops.push(held);
        key
    }

    /// All stops with their keys, those that ended included, as they were added.
    pub fn stops(&self) -> impl Iterator<Item = (StopKey, &HeldStop)> {
        self.stops.iter().enumerate().map(|(place, held)| (StopKey::at(place), held))
    }

    /// The stop with a key; nothing for a key of another register.
    #[must_use]
    pub fn stop(&self, key: StopKey) -> Option<&HeldStop> {
        self.stops.get(key.index())
    }

    /// What an event brings of stops: those in force for its person when it happened, however late
    /// it is reported. Of a date alone that is the end of the day, or the instant of recording.
    #[must_use]
    pub fn stops_at(&self, machine: &Machine, key: CaseKey, event: &Event) -> Vec<StopId> {
        let zone = &machine.protocol.zone;
        let end = || zone.civil(event.at).date().succ_opt().map(|it| zone.day_start(it));
        let at = match event.date_only {
            true => end().map_or(event.recorded_at, |it| it.min(event.recorded_at)),
            false => event.at,
        };
        let known = self.get(key).and_then(|it| it.case.complainant);
        self.stops_in_force(machine, key, known.or(event.complainant), at)
    }

    /// The stops in force for a case of this person at an instant, as far as is known now, sorted,
    /// each once.
    #[must_use]
    pub fn stops_in_force(
        &self,
        machine: &Machine,
        key: CaseKey,
        complainant: Option<Symbol>,
        at: Instant,
    ) -> Vec<StopId> {
        let about = self.stops.iter().filter(|it| it.stream.is_about(machine, key, complainant));
        let standing = about.filter(|it| it.stage_at(at) == StopStage::Standing);
        let mut found: Vec<StopId> = standing.map(|it| it.stream.stop).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The stop of this kind that has been proposed for the person, or stands, and has not ended.
    #[must_use]
    pub fn live_stop(
        &self,
        machine: &Machine,
        stop: StopId,
        key: CaseKey,
        complainant: Option<Symbol>,
    ) -> Option<StopKey> {
        let live = |it: &HeldStop| {
            let stream = &it.stream;
            stream.stop == stop && stream.is_live() && stream.is_about(machine, key, complainant)
        };
        self.stops.iter().rposition(live).map(StopKey::at)
    }

    /// Whether a stop has ever been proposed on a case. Its condition does not do so again, however
    /// that came out: it would hold on after an appeal that was upheld.
    #[must_use]
    pub fn was_proposed_on(&self, stop: StopId, key: CaseKey) -> bool {
        self.stops.iter().any(|it| it.stream.stop == stop && it.stream.on == key)
    }

    /// The stop that an event of a stop on a case is about: the one on its way, else the latest;
    /// for a proposal none but one on its way, for it begins another.
    ///
    /// # Panics
    /// For the key of another register.
    #[must_use]
    pub fn stop_meant(&self, machine: &Machine, on: CaseKey, event: &Event) -> Option<StopKey> {
        let stop = event.stop?;
        let complainant = self[on].case.complainant;
        let live = self.live_stop(machine, stop, on, complainant);
        if live.is_some() || event.kind == StopEvent::Proposed.id() {
            return live;
        }
        let about =
            |it: &HeldStop| it.stream.stop == stop && it.stream.is_about(machine, on, complainant);
        self.stops.iter().rposition(about).map(StopKey::at)
    }

    /// Reports an event of a stop on a case, and keeps what was decided where it was accepted. A
    /// proposal begins a stop where none is on its way, but on a closed case none that covers no
    /// more than the case; any other event is about the latest. What comes late is put where it
    /// belongs, as with a case.
    ///
    /// # Panics
    /// For the key of another register.
    pub fn report_stop(
        &mut self,
        machine: &Machine,
        on: CaseKey,
        event: &Event,
        context: &Context<'_>,
    ) -> Option<(StopKey, Explanation)> {
        let stop = event.stop?;
        let complainant = self[on].case.complainant;
        let begins = event.kind == StopEvent::Proposed.id();
        let found = self.stop_meant(machine, on, event);
        let Some(key) = found else {
            let stream = StopStream::new(machine, stop, on, complainant)?;
            let why = match begins && !may_begin(machine, stop, &self[on].case) {
                true => not_now(machine, stop, event),
                false => explain_stop(machine, &stream, event, context),
            };
            let key = StopKey::at(self.stops.len());
            if let Ok(decision) = &why.outcome {
                self.add_stop(stream);
                if let Some(held) = self.stops.last_mut() {
                    held.begin(event, &decision.facts);
                }
            }
            return Some((key, why));
        };
        let why = self.stops.get_mut(key.index())?.report(machine, event, context);
        Some((key, why))
    }

    /// Ends the stops that cover no more than a case that is closed, each with its case. To be done
    /// whenever events or time may have closed cases, before time acts on stops.
    pub fn end_with_cases(
        &mut self,
        machine: &Machine,
        strings: &mut Strings,
    ) -> Vec<(Event, StopKey, Explanation)> {
        let mut ended = Vec::new();
        for place in 0..self.stops.len() {
            let stream = &self.stops[place].stream;
            let Some(on) = self.get(stream.on).filter(|it| it.case.closed) else { continue };
            let mut at = on.case.last_at.max(stream.case.last_at);
            if at <= stream.case.acted_at {
                // What time did at an instant sorts after every event of that instant.
                at = at.plus_ms(1).unwrap_or(at);
            }
            let id = strings.intern(CASE_CLOSED);
            let Some(event) = case_ends(machine, stream, id, at) else { continue };
            let why = self.stops[place].report(machine, &event, &Context::new(strings));
            ended.push((event, StopKey::at(place), why));
        }
        ended
    }

    /// Lets time act on all stops up to an instant, exclusive. A fault leaves its stop as it was.
    pub fn pass_stops(
        &mut self,
        machine: &Machine,
        until: Instant,
        context: &Context<'_>,
    ) -> Vec<(StopKey, Explanation)> {
        self.pass_sound_stops(machine, until, context, &mut BTreeSet::new())
    }

    /// The same but for stops that broke, to which those are added that break now.
    pub(super) fn pass_sound_stops(
        &mut self,
        machine: &Machine,
        until: Instant,
        context: &Context<'_>,
        broken: &mut BTreeSet<StopKey>,
    ) -> Vec<(StopKey, Explanation)> {
        let mut passed = Vec::new();
        for place in 0..self.stops.len() {
            let (key, stream) = (StopKey::at(place), &self.stops[place].stream);
            let Some(own) = machine.stop(stream.stop) else { continue };
            if broken.contains(&key) || next_due(&stream.case).is_none_or(|due| due > until) {
                continue;
            }
            let why = explain_wake(own, &stream.case, until, context);
            match &why.outcome {
                Ok(decision) => self.stops[place].keep_passed(until, &decision.facts),
                Err(_) => {
                    broken.insert(key);
                }
            }
            passed.push((key, why));
        }
        passed
    }

    /// When time alone acts next on any stop: the first instant at which it has acted.
    #[must_use]
    pub fn next_stop_due(&self) -> Option<Instant> {
        self.next_sound_stop_due(&BTreeSet::new())
    }

    /// The same but for stops that broke.
    pub(super) fn next_sound_stop_due(&self, broken: &BTreeSet<StopKey>) -> Option<Instant> {
        let sound = self.stops().filter(|(key, _)| !broken.contains(key));
        sound.filter_map(|(_, it)| next_due(&it.stream.case)).min()
    }

    /// Records with a case that a stop refused an event. Nothing for any other refusal.
    ///
    /// # Panics
    /// For the key of another register.
    pub fn record_refusal(
        &mut self,
        key: CaseKey,
        event: &Event,
        refusal: &Refusal,
    ) -> Option<Fact> {
        let fact = refused_act(&self[key].case, event, refusal)?;
        self.keep(key, |held| held.keep(event.recorded_at, None, &[fact]));
        Some(fact)
    }
}

/// Whether a stop can be proposed on a case: one that covers no more needs a case that is open.
fn may_begin(machine: &Machine, stop: StopId, case: &Case) -> bool {
    let covers = machine.protocol.stops.get(stop.index()).map(|it| it.covers);
    !case.closed || covers != Some(Covers::Case)
}

fn not_now(machine: &Machine, stop: StopId, event: &Event) -> Explanation {
    let rule = machine.protocol.stops.get(stop.index()).map_or(RuleId(0), |it| it.rule);
    let kind = RefusalKind::Stage;
    let refusal = Refusal { event: event.kind, kind, rule, allowed: Vec::new() };
    let outcome = Err(NoDecision::Refused(Box::new(refusal)));
    Explanation { reasons: Vec::new(), outcome }
}
