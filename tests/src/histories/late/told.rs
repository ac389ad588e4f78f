//! Late news: a history of which everything is recorded late and in any order leads, after
//! correction, to the same case as the same history told in order.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::runtime::{
    Case, Context, Decision, Event, Fact, FactKind, Journal, Posted, Recorded, Report, fold, post,
    standing, wake,
};
use engine::text::Strings;
use engine::time::{Instant, NaiveDate};

use crate::histories::agree::{HISTORIES, histories, n_histories};
use crate::histories::always::equal;
use crate::histories::world::{History, Step, World, machine};
use crate::random::Random;

const MINUTE: i64 = 60_000;

/// One case of which everything is kept.
pub(crate) struct Desk<'m> {
    pub(crate) machine: &'m Machine,
    pub(crate) strings: &'m Strings,
    pub(crate) case: Case,
    pub(crate) kept: Vec<(Instant, Option<Event>, Vec<Fact>)>,
    /// How many facts were withdrawn, inserted and set aside.
    corrected: [usize; 3],
}

impl<'m> Desk<'m> {
    pub(crate) const fn new(machine: &'m Machine, strings: &'m Strings, case: Case) -> Self {
        Desk { machine, strings, case, kept: Vec::new(), corrected: [0; 3] }
    }

    pub(crate) fn journal(&self) -> Journal<'_> {
        let entries = self.kept.iter().map(|(recorded_at, event, facts)| Recorded {
            recorded_at: *recorded_at,
            event: event.as_ref(),
            facts,
        });
        Journal { entries: entries.collect() }
    }

    pub(crate) fn wake(&mut self, until: Instant) -> Result<(), String> {
        let context = Context::new(self.strings);
        let passed = wake(self.machine, &self.case, until, &context);
        let Decision { facts, .. } = passed.map_err(|why| format!("{why:?}"))?;
        facts.iter().for_each(|fact| engine::runtime::apply(&mut self.case, fact));
        self.kept.push((until, None, facts));
        Ok(())
    }

    /// Posts an event: whether it was accepted.
    pub(crate) fn post(&mut self, event: &Event) -> Result<bool, String> {
        let context = Context::new(self.strings);
        let before = self.case.clone();
        let posted = post(self.machine, &self.journal(), &self.case, event, &context);
        let Ok(posted) = posted else {
            return equal("after a refusal", &before, &self.case).map(|()| false);
        };
        let facts = match posted {
            Posted::Again => return Err("a new event was known already".to_owned()),
            Posted::Decided(decision) => {
                let apply = |fact| engine::runtime::apply(&mut self.case, fact);
                decision.facts.iter().for_each(apply);
                decision.facts
            }
            Posted::Corrected(correction) => {
                self.case = correction.case;
                for fact in &correction.facts {
                    match fact.kind {
                        FactKind::Withdrawn { .. } => self.corrected[0] += 1,
                        FactKind::InsertedBefore { .. } => self.corrected[1] += 1,
                        FactKind::SetAside { .. } => self.corrected[2] += 1,
                        _ => {}
                    }
                }
                correction.facts
            }
        };
        self.kept.push((event.recorded_at, Some(event.clone()), facts));
        let folded = fold(self.machine, &self.journal().facts());
        equal("folded", &folded, &self.case)?;
        let again = post(self.machine, &self.journal(), &self.case, event, &context);
        equal("posted twice", &again, &Ok(Posted::Again))?;
        Ok(true)
    }
}

/// The reports that a history accepts, in order, each with a reason; and the case they lead to,
/// on which the referee agrees, who knows nothing of guarantees.
pub(crate) fn in_order<'m>(
    machine: &'m Machine,
    history: &History,
) -> Result<(World<'m>, Vec<Report>), String> {
    let mut tried = World::new(machine, &[]);
    let mut accepted = Vec::new();
    for step in &history.steps {
        match step {
            Step::Wake(until) => tried.wake(*until),
            Step::Report(report) => {
                let event = tried.read(report);
                if let Ok(decision) = tried.decide(&event) {
                    tried.apply(&decision);
                    let reason = Some("it lay in the wrong tray".to_owned());
                    accepted.push(Report { reason, ..report.as_ref().clone() });
                }
            }
        }
    }
    let mut world = World::new(machine, &[]);
    for report in &accepted {
        let step = Step::Report(Box::new(report.clone()));
        let played = match machine.protocol.guarantees.is_empty() {
            true => world.play(&step),
            false => Ok(world.go(&step).is_none()),
        };
        equal("accepted in order", &played, &Ok(true))?;
    }
    Ok((world, accepted))
}

/// Events whose order nothing tells but the order in which they are recorded: those of one
/// instant, and those of a day of which one has no time.
fn groups(machine: &Machine, events: &[Event]) -> Vec<usize> {
    let day = |event: &Event| machine.protocol.zone.civil(event.at).date();
    let vague: BTreeSet<NaiveDate> = events.iter().filter(|it| it.date_only).map(day).collect();
    let key = |event: &Event| match vague.contains(&day(event)) {
        true => (Some(day(event)), None),
        false => (None, Some(event.at)),
    };
    let same = |event: &Event| events.iter().position(|it| key(it) == key(event)).unwrap();
    events.iter().map(same).collect()
}

/// The same reports in order, of which each entry has the number that it was given when it became
/// known.
fn numbered<'m>(world: &World<'m>, reports: &[Report], facts: &[Fact]) -> World<'m> {
    let mut out = World::new(world.machine, &[]);
    out.strings = world.strings.clone();
    for fact in facts {
        if let (FactKind::EntryAdded { number, .. }, Some(event)) = (fact.kind, fact.cause)
            && !out.numbers.iter().any(|(known, _)| *known == event)
        {
            out.numbers.push((event, number));
        }
    }
    for report in reports {
        let refused = out.go(&Step::Report(Box::new(report.clone())));
        assert_eq!(refused, None);
    }
    out
}

/// Tells a history in a random order, and compares what becomes of it with the same told in order:
/// how many facts were withdrawn, inserted and set aside.
pub(crate) fn told_in_any_order(
    machine: &Machine,
    history: &History,
    random: &mut Random,
) -> Result<[usize; 3], String> {
    let (mut world, reports) = in_order(machine, history)?;
    if reports.is_empty() {
        return Ok([0; 3]);
    }
    let events: Vec<Event> = reports.iter().map(|it| world.read(it)).collect();
    let groups = groups(machine, &events);
    let mut left: Vec<usize> = (0..events.len()).collect();
    for place in (1..left.len()).rev() {
        left.swap(place, random.below(place + 1));
    }
    let mut now = events.iter().map(|it| it.recorded_at.ms()).min().unwrap();
    let strings = world.strings.clone();
    let mut desk = Desk::new(machine, &strings, Case::new(machine));
    while !left.is_empty() {
        let mut waiting = Vec::new();
        for place in &left {
            let earlier = |other: &usize| groups[*other] == groups[*place] && other < place;
            let event = &events[*place];
            now = now.max(event.at.ms()) + i64::try_from(random.below(3_000)).unwrap() * MINUTE;
            let now = Instant::from_ms(now);
            if random.one_in(3) && desk.case.opened_at.is_some() {
                desk.wake(now)?;
            }
            let blocked = left.iter().filter(|it| waiting.contains(*it)).any(earlier)
                || left.iter().skip_while(|it| *it != place).any(earlier);
            let event = Event { recorded_at: now, ..event.clone() };
            if blocked || !desk.post(&event)? {
                waiting.push(*place);
            }
        }
        if waiting.len() == left.len() {
            return Err(format!("none of {waiting:?} is accepted"));
        }
        left = waiting;
    }
    let now = Instant::from_ms(now + 1);
    desk.wake(now)?;
    let facts = desk.journal().facts();
    let mut world = numbered(&world, &reports, &facts);
    world.wake(now);
    let case = Case { sequence: world.case.sequence, ..desk.case.clone() };
    equal("told in any order", &case, &world.case)?;
    let facts = standing(&facts);
    let plain = |facts: &[Fact]| -> Vec<_> {
        let told = |fact: &Fact| matches!(fact.kind, FactKind::Told { .. });
        facts.iter().filter(|it| !told(it)).map(|it| (it.at, it.cause, it.rule, it.kind)).collect()
    };
    equal("the facts", &plain(&facts), &plain(&world.facts))?;
    Ok(desk.corrected)
}

#[track_caller]
fn check(protocol: &str) {
    let mut machine = machine(protocol);
    // How long ago something may be is another matter.
    machine.protocol.backdate = None;
    let mut corrected = [0; 3];
    let all = histories(protocol, &machine).take(n_histories(HISTORIES));
    for (number, history) in all.enumerate() {
        let mut random = Random::new(u64::try_from(number).unwrap());
        match told_in_any_order(&machine, &history, &mut random) {
            Ok(found) => (0..3).for_each(|place| corrected[place] += found[place]),
            Err(why) => {
                let text = crate::histories::written::write(&machine, protocol, &history);
                panic!("history {number}\n{text}\n{why}");
            }
        }
    }
    assert!(corrected[0] > 0, "nothing was ever withdrawn in {protocol}");
}

#[test]
fn g4_any_order_gives_the_same_pauses() {
    check("pauses");
}

#[test]
fn g4_any_order_gives_the_same_extensions() {
    check("extensions");
}

#[test]
fn g4_any_order_gives_the_same_duties_that_come_back() {
    check("recurring");
}

#[test]
fn g4_any_order_gives_the_same_ladder() {
    check("ladder");
}

#[test]
fn g4_any_order_gives_the_same_conditions_and_dates() {
    check("conditions");
}

#[test]
fn g4_any_order_gives_the_same_chains_of_clocks() {
    check("chains");
}

#[test]
fn g4_any_order_gives_the_same_entries() {
    check("entries");
}

#[test]
fn g4_any_order_gives_the_same_small_business() {
    check("small-business");
}

#[test]
fn g4_any_order_gives_the_same_housing_case() {
    check("uk-housing-code");
}

#[test]
fn g4_any_order_gives_the_same_financial_case() {
    check("uk-fca-disp");
}

#[test]
fn g4_any_order_gives_the_same_public_case() {
    check("nl-awb");
}
