//! An order on its set: time acts, the order is decided, the answer is made.

use engine::runtime::{CaseKey, Event, Misread, Report, read_report};
use engine::time::Instant;

use crate::cases::{Answer, Failure, StreamId};
use crate::keeper::amending;
use crate::keeper::set::{Held, SetKey, Whose, WorkingSet, look_around};
use crate::keeper::writing::collect::collect;
use crate::keeper::writing::hand::Hand;
use crate::keeper::writing::personal::{Sealing, WithKey};
use crate::keeper::writing::render::reply;
use crate::keeper::writing::report::{check_apart, timed, with_nul};
use crate::keeper::writing::tickets::Tickets;
use crate::keeper::{Act, Mode, Order, Outcome, Reply, protocols};

/// What is decided: on which set, when, and with which numbers of tickets.
pub(crate) struct Desk<'d, 'w> {
    pub(crate) hand: &'d mut Hand<'w>,
    pub(crate) tickets: &'d mut Tickets,
    /// How many orders of the batch open a case.
    pub(crate) openings: u32,
    /// The instant at which the order is decided.
    pub(crate) now: Instant,
}

/// Where an event is decided: the part of the set, and the case in it.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) part: usize,
    pub(super) key: CaseKey,
    pub(super) id: StreamId,
}

/// A report that was read: ready to be taken.
pub(super) struct Ready {
    pub(super) report: Report,
    pub(super) event: Event,
    pub(super) sealed: WithKey,
}

impl Desk<'_, '_> {
    /// Decides an order on its set.
    pub(crate) fn decide(
        &mut self,
        order: &Order,
        key: Option<&SetKey>,
        open_as: StreamId,
    ) -> Result<Reply, Failure> {
        let (Act::Open { report, .. } | Act::Report { report, .. }) = &order.act;
        let faults = with_nul(report, order.key.as_ref().map(|it| it.text.as_str()));
        if !faults.is_empty() {
            return Ok(reply(order, &Outcome::Misread(&faults), None));
        }
        if let Some(reply) = self.answered(order)? {
            return Ok(reply);
        }
        let Some(key) = key else {
            let outcome = match order.act {
                Act::Open { .. } => Outcome::NoProtocol,
                Act::Report { .. } => Outcome::NoCase,
            };
            return Ok(reply(order, &outcome, None));
        };
        let is_new = key.1 == Whose::Nobody(open_as) && matches!(order.act, Act::Open { .. });
        let mut set = match is_new {
            true => WorkingSet::new(key.clone(), self.hand.shared.shelf.tenant_name(key.0)?),
            false => self.hand.take(key)?,
        };
        let reply = match order.mode {
            Mode::Keep => self.on_set(order, &mut set, open_as)?,
            Mode::DryRun => self.on_set(order, &mut set.clone(), open_as)?,
        };
        self.hand.put(set);
        Ok(reply)
    }

    /// Lets time act on a set.
    pub(crate) fn wake(&mut self, key: Option<&SetKey>) -> Result<(), Failure> {
        let Some(key) = key else { return Ok(()) };
        let mut set = self.hand.take(key)?;
        self.let_time_act_on(&mut set, self.now)?;
        self.hand.put(set);
        Ok(())
    }

    /// The answer that was given under the key before.
    fn answered(&self, order: &Order) -> Result<Option<Reply>, Failure> {
        let Some(key) = order.key.as_ref().filter(|_| order.mode == Mode::Keep) else {
            return Ok(None);
        };
        let answer = match self.hand.known.answer(order.tenant, &key.text) {
            Some(answer) => answer.cloned(),
            None => self.hand.place().answer(order.tenant, &key.text)?,
        };
        let Some(answer) = answer else { return Ok(None) };
        if answer.request != key.request {
            return Ok(Some(reply(order, &Outcome::KeyTaken, None)));
        }
        let Answer { status, body, .. } = answer;
        Ok(Some(Reply { status, body, is_replayed: true, case: None }))
    }

    fn on_set(
        &mut self,
        order: &Order,
        set: &mut WorkingSet,
        open_as: StreamId,
    ) -> Result<Reply, Failure> {
        // Clocks are set back; a record is not.
        let recorded_at = self.now.max(set.recorded_until);
        let skew_ms = self.hand.shared.options.skew_ms;
        let (spot, report) = match &order.act {
            Act::Open { protocol_id, report, happened } => {
                let shelf = &self.hand.shared.shelf;
                let found = protocols::for_opening(
                    shelf,
                    (order.tenant, protocol_id),
                    *happened,
                    recorded_at,
                )?;
                let Some(loaded) = found else {
                    return Ok(reply(order, &Outcome::NoProtocol, None));
                };
                let part = set.part_of(&loaded);
                self.let_time_act(order, set, recorded_at)?;
                look_around(set, part);
                let Some(of) = set.parts.get_mut(part) else { return Err(lost()) };
                let key = of.register.add(&loaded.machine, &open_as.to_string());
                (Spot { part, key, id: open_as }, timed(report, *happened, recorded_at, skew_ms))
            }
            Act::Report { case, report, happened, if_match } => {
                let Some((part, key)) = set.find(*case) else {
                    return Ok(reply(order, &Outcome::NoCase, None));
                };
                let version = version(set, part, Held::Case(key));
                if let Some(outcome) = if_match.filter(|it| *it != version).map(|_| version) {
                    let case = Some((*case, version));
                    return Ok(reply(order, &Outcome::OtherVersion(outcome), case));
                }
                self.let_time_act(order, set, recorded_at)?;
                // A closed case takes what was amended only when something is reported of it.
                if let Some(part) = set.parts.get_mut(part) {
                    let (machine, strings) = (&part.loaded.machine, &part.strings);
                    let _broken = part.register.note_amendments(machine, key, recorded_at, strings);
                }
                look_around(set, part);
                (Spot { part, key, id: *case }, timed(report, *happened, recorded_at, skew_ms))
            }
        };
        match self.read(order, set, spot, report)? {
            Ok((spot, ready)) => self.take(order, set, spot, ready, recorded_at),
            Err(faults) => {
                drop_unopened(set, spot);
                Ok(reply(order, &Outcome::Misread(&faults), None))
            }
        }
    }

    /// Lets time act on the whole set before an instant, and writes what it did.
    fn let_time_act_on(&mut self, set: &mut WorkingSet, until: Instant) -> Result<(), Failure> {
        amending::renew(&self.hand.shared.shelf, set)?;
        for place in 0..set.parts.len() {
            pass(set, place, until);
            collect(self.hand, set, place, None, self.now)?;
        }
        Ok(())
    }

    fn let_time_act(
        &mut self,
        order: &Order,
        set: &mut WorkingSet,
        until: Instant,
    ) -> Result<(), Failure> {
        match order.mode {
            Mode::Keep => self.let_time_act_on(set, until),
            Mode::DryRun => {
                amending::renew(&self.hand.shared.shelf, set)?;
                (0..set.parts.len()).for_each(|place| pass(set, place, until));
                Ok(())
            }
        }
    }

    /// Reads a report where it belongs: what is about a stop of another version of the protocol is
    /// decided there.
    fn read(
        &self,
        order: &Order,
        set: &mut WorkingSet,
        spot: Spot,
        report: Report,
    ) -> Result<Result<(Spot, Ready), Vec<Misread>>, Failure> {
        // In a set of one part nothing is decided elsewhere.
        if set.parts.len() < 2 {
            let ready = self.read_at(order, set, spot, report)?;
            return Ok(ready.map(|ready| (spot, ready)));
        }
        let ready = match self.read_at(order, set, spot, report.clone())? {
            Ok(ready) => ready,
            Err(faults) => return Ok(Err(faults)),
        };
        match elsewhere(set, spot, &ready.event) {
            Some(spot) => {
                let ready = self.read_at(order, set, spot, report)?;
                Ok(ready.map(|ready| (spot, ready)))
            }
            None => Ok(Ok((spot, ready))),
        }
    }

    fn read_at(
        &self,
        order: &Order,
        set: &mut WorkingSet,
        spot: Spot,
        mut report: Report,
    ) -> Result<Result<Ready, Vec<Misread>>, Failure> {
        let tenant = std::sync::Arc::clone(&set.tenant);
        let Some(part) = set.parts.get_mut(spot.part) else { return Err(lost()) };
        let machine = &part.loaded.machine;
        let mut sealed = None;
        if let Some(vault) = self.hand.shared.options.vault.as_deref() {
            let faults = check_apart(machine, &report, &mut part.strings);
            if !faults.is_empty() {
                return Ok(Err(faults));
            }
            let person = part.register[spot.key].person().map(|it| part.strings.get(it).to_owned());
            let person = person.or_else(|| report.complainant.clone());
            let sealing = Sealing { hand: self.hand, vault, tenant: &tenant, mode: order.mode };
            sealed =
                sealing.seal(machine, (order.tenant, spot.id), person.as_deref(), &mut report)?;
        }
        let event = read_report(machine, &report, &mut part.strings);
        Ok(event.map(|event| Ready { report, event, sealed }))
    }
}

/// Lets time act on a part. A case on which it cannot stays as it is: what is reported of it is
/// answered with the fault.
fn pass(set: &mut WorkingSet, place: usize, until: Instant) {
    if let Some(part) = set.parts.get_mut(place) {
        amending::bring(part, until);
    }
}

/// Takes a case out again that was not opened.
pub(super) fn drop_unopened(set: &mut WorkingSet, spot: Spot) {
    if let Some(part) = set.parts.get_mut(spot.part) {
        part.register.drop_unopened(spot.key);
    }
}

fn version(set: &WorkingSet, part: usize, held: Held) -> u32 {
    set.parts.get(part).and_then(|it| it.stream(held)).map_or(0, |it| it.version)
}

/// Where an event of a stop is decided that another part of the set keeps.
fn elsewhere(set: &WorkingSet, spot: Spot, event: &Event) -> Option<Spot> {
    let part = set.parts.get(spot.part)?;
    let meant = part.register.stop_meant(&part.loaded.machine, spot.key, event)?;
    let (id, _) = part.seen_stops.iter().find(|(_, key)| **key == meant)?;
    let owns = |part: &crate::keeper::set::Part| {
        part.streams.iter().find(|it| it.id == *id).and_then(|it| it.on)
    };
    let on = set.parts.iter().find_map(owns)?;
    let (part, key) = set.find(on)?;
    Some(Spot { part, key, id: on })
}

/// A case or a part that is not where it was put: a bug of ours.
pub(super) fn lost() -> Failure {
    Failure::Damaged("a working set has lost a case".to_owned())
}
