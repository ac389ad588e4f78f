//! Whatever a real case does, at whatever instants, is among the steps of what stands for it.

use engine::machine::Machine;
use engine::model::{BuiltIn, ChannelId, Doer, EventId, FieldKind, IntakeId, Party};
use engine::runtime::{
    Actor, Case, Context, Event, NoDecision, Scratch, allowed, decide_into, next_due, wake_into,
};
use engine::script::Value;
use engine::text::{Strings, Symbol};
use engine::time::Instant;
use proptest::prelude::*;

use crate::loading::shipped;
use crate::steps::{About, Grain, Key, Steps};
use crate::taken::Taken;

/// Those that are looked at.
const SHIPPED: [&str; 4] = ["uk-fca-disp", "uk-housing-code", "nl-awb", "small-business"];

/// A small source of choices.
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n.max(1)).unwrap()).unwrap()
    }
}

fn parties(machine: &Machine, case: &Case, by: &[Doer]) -> Vec<Party> {
    let protocol = &machine.protocol;
    let handler = protocol.ladder.get(case.rung.index()).map(|it| Party::Role(it.handled_by));
    let meant = by.iter().filter_map(|it| match it {
        Doer::Party(party) => Some(*party),
        Doer::Handler => handler,
        Doer::Owner => match protocol.stages[case.stage.index()].owner? {
            Doer::Party(party) => Some(party),
            _ => handler,
        },
    });
    meant.collect()
}

fn event(
    machine: &Machine,
    case: &Case,
    id: EventId,
    at: Instant,
    n: u32,
    draws: &mut Draws,
) -> Option<Event> {
    let protocol = &machine.protocol;
    let declared = &protocol.events[id.index()];
    let parties = parties(machine, case, &declared.by);
    let party = *parties.get(draws.below(parties.len()))?;
    let mut data = Vec::new();
    for carried in &declared.carries {
        if !carried.required && draws.below(3) == 0 {
            continue;
        }
        let field = &protocol.fields[carried.field.index()];
        let day = protocol.zone.civil(at).date();
        let later = (0..draws.below(30)).fold(day, |day, _| day.succ_opt().unwrap());
        let value = match &field.kind {
            _ if field.personal => Value::Slot(Symbol(n)),
            FieldKind::Choice(set) | FieldKind::Role(set) => {
                let count = protocol.scope.set(*set).unwrap().names.len();
                Value::Choice(u16::try_from(draws.below(count)).unwrap())
            }
            FieldKind::Flag => Value::Flag(draws.below(2) == 0),
            FieldKind::Date => Value::Date(later),
            FieldKind::Number | FieldKind::Money(_) => return None,
            FieldKind::Text | FieldKind::File => Value::Text(Symbol(0)),
        };
        data.push((carried.field, value));
    }
    data.sort_by_key(|it| it.0);
    let channels = protocol.channels.len();
    let kinds = protocol.intake.len();
    let intake = (id == EventId::OPENED && kinds > 0).then(|| IntakeId::at(draws.below(kinds)));
    Some(Event {
        channel: (channels > 0).then(|| ChannelId::at(draws.below(channels))),
        reason: Some(Symbol(0)),
        complainant: Some(Symbol(0)),
        case: Some(Symbol(0)),
        intake,
        data,
        ..Event::new(Symbol(n), id, at, Actor { party, person: Some(Symbol(n + 1_000)) })
    })
}

/// Those that stand for a case.
fn standing_for(is: &Key, keys: &[Key]) -> Vec<Key> {
    keys.iter().filter(|it| it.stands_for(is)).cloned().collect()
}

/// Where the events, or else time, lead to in one step.
fn next(steps: &mut Steps<'_>, keys: &[Key], by_event: bool) -> Vec<Key> {
    let mut all = Vec::new();
    for key in keys {
        let successors = steps.successors(key);
        let taken = successors.iter().filter(|it| matches!(it.taken, Taken::Event(_)) == by_event);
        all.extend(taken.map(|it| it.next.clone()));
    }
    all.sort();
    all.dedup();
    all
}

/// What a real case does is what the steps of its key allow; gives how many steps it took.
fn run(machine: &Machine, steps: &mut Steps<'_>, seed: u64) -> usize {
    let mut taken_in_all = 0;
    let strings: Strings = machine.strings();
    let context = Context::new(&strings);
    let mut draws = Draws(seed | 1);
    let mut scratch = Scratch::new(machine);
    let mut case = Case::new(machine);
    let first = machine.protocol.effective_from.unwrap();
    let first = (0..draws.below(700)).fold(first, |day, _| day.succ_opt().unwrap());
    let mut now = machine.protocol.zone.day_start(first).plus_ms(36_000_000).unwrap();
    let mut may_be: Vec<Key> = vec![steps.start()];
    for n in 0..14 {
        let mut is_event = false;
        if draws.below(3) == 0
            && let Some(due) = next_due(&case)
        {
            now = now.max(due);
            wake_into(machine, &case, now, &context, &mut scratch).unwrap();
        } else {
            let until = next_due(&case).and_then(|it| it.minus_ms(1)).filter(|it| *it > now);
            let hours = i64::try_from(draws.below(200)).unwrap();
            now = now.plus_ms(3_600_000 * hours + 1).unwrap();
            now = until.map_or(now, |until| now.min(until)).max(now.min(case.last_at));
            now = now.max(case.last_at.plus_ms(1).unwrap_or(now));
            let taken = allowed(machine, &case);
            if taken.is_empty() {
                break;
            }
            let id = taken[draws.below(taken.len())];
            let declared = &machine.protocol.events[id.index()];
            let left_out = matches!(
                declared.built_in,
                Some(BuiltIn::Merged | BuiltIn::Corrected | BuiltIn::LetterFailed)
            );
            if left_out || declared.of.is_some() {
                continue;
            }
            // What is due before the event acts first, in a step of its own.
            if next_due(&case).is_some_and(|it| it <= now) {
                continue;
            }
            let Some(event) = event(machine, &case, id, now, n, &mut draws) else { continue };
            match decide_into(machine, &case, &event, &context, &mut scratch) {
                Ok(()) => is_event = true,
                Err(NoDecision::Refused(_)) => continue,
                Err(NoDecision::Faulted(fault)) => panic!("{fault:?}"),
            }
        }
        let facts = scratch.facts.clone();
        case = scratch.case().clone();
        let is = steps.key_of(&case);
        // An event is one step, and none where nothing of it is looked at; time may act on several
        // things at one instant, a step for each.
        let n_steps = if is_event { 1 } else { facts.len() };
        let mut reached = may_be.clone();
        let mut found = standing_for(&is, &reached);
        for _ in 0..n_steps {
            reached = next(steps, &reached, is_event);
            found.extend(standing_for(&is, &reached));
        }
        assert!(!found.is_empty(), "seed {seed}, step {n}: {facts:#?}\n{is:#?}\nof {may_be:#?}");
        found.sort();
        found.dedup();
        may_be = found;
        taken_in_all += 1;
    }
    taken_in_all
}

#[test]
fn a_lapse_and_a_breach_in_one_wait() {
    let machine = shipped("uk-fca-disp");
    for about in [About::default(), About::default().at(Grain::Order), About::everything(&machine)]
    {
        run(&machine, &mut Steps::new(&machine, &about), 6_875_699_281_555_858_546);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn what_the_engine_does_is_a_step(seed in any::<u64>()) {
        for name in &SHIPPED[..3] {
            let machine = shipped(name);
            let everything = || About::everything(&machine);
            let abouts = [
                About::default().at(Grain::Order),
                everything().at(Grain::Rough),
                everything(),
            ];
            for about in abouts {
                let mut steps = Steps::new(&machine, &about);
                let runs = (0..21).map(|it| seed.wrapping_add(it * 7919));
                let taken: usize = runs.map(|it| run(&machine, &mut steps, it)).sum();
                assert!(taken > 21, "{name}: {taken} steps");
            }
        }
    }
}
