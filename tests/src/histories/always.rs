//! What holds of every decision: it can be repeated and explained, a refusal changes nothing, a
//! case is the fold of its facts.

use engine::machine::Machine;
use engine::runtime::{
    Effect, EffectKind, Fact, FactKind, NoDecision, allowed, decide, explain, fold, record, wake,
};

use super::agree::{histories, n_histories};
use super::world::{History, PROTOCOLS, Step, World, machine};
use crate::random::Random;

/// How many histories of each protocol are looked at.
const LOOKED_AT: usize = 80;

#[track_caller]
pub(crate) fn check(property: impl Fn(&Machine, &History) -> Result<(), String>) {
    for protocol in PROTOCOLS {
        let machine = machine(protocol);
        for history in histories(protocol, &machine).take(n_histories(LOOKED_AT)) {
            if let Err(why) = property(&machine, &history) {
                let text = super::written::write(&machine, protocol, &history);
                panic!("{text}\n{why}");
            }
        }
    }
}

pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(
    what: &str,
    one: &T,
    other: &T,
) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    Err(format!("{what}: {differs:?}"))
}

/// Plays the steps of a history on the engine alone, telling each step to a listener beforehand.
pub(crate) fn play<'m>(
    machine: &'m Machine,
    history: &History,
    mut before: impl FnMut(&World<'m>, &engine::runtime::Event) -> Result<(), String>,
) -> Result<World<'m>, String> {
    let mut world = World::new(machine, &history.absent);
    for step in &history.steps {
        match step {
            Step::Wake(until) => world.wake(*until),
            Step::Report(report) => {
                let event = world.read(report);
                before(&world, &event)?;
                if let Ok(decision) = world.decide(&event) {
                    world.apply(&decision);
                }
            }
        }
    }
    Ok(world)
}

pub(crate) fn bytes(world: &World<'_>, facts: &[Fact]) -> Vec<u8> {
    let bytes = facts.iter().map(|it| record(world.machine, &world.strings, it).bytes());
    bytes.collect::<Vec<_>>().concat()
}

#[test]
fn a_decision_made_twice_has_the_same_bytes() {
    check(|machine, history| {
        play(machine, history, |world, event| {
            let facts = |outcome: Result<engine::runtime::Decision, NoDecision>| {
                outcome.map(|it| (bytes(world, &it.facts), it.effects))
            };
            let context = world.context();
            let again = decide(machine, &world.case.clone(), event, &context);
            equal("decided twice", &facts(world.decide(event)), &facts(again))
        })
        .map(drop)
    });
}

#[test]
fn an_explanation_has_the_outcome_of_the_decision() {
    check(|machine, history| {
        play(machine, history, |world, event| {
            let explained = explain(machine, &world.case, event, &world.context());
            equal("explained", &world.decide(event), &explained.outcome)
        })
        .map(drop)
    });
}

#[test]
fn a_refusal_changes_nothing() {
    check(|machine, history| {
        let mut refused = 0;
        play(machine, history, |world, event| {
            let before = world.case.clone();
            let outcome = world.decide(event);
            refused += usize::from(outcome.is_err());
            equal("after a decision", &before, &world.case)
        })?;
        // The same history without what was refused leads to the same facts.
        let mut without = history.clone();
        let mut world = World::new(machine, &history.absent);
        without.steps.retain(|step| match step {
            Step::Wake(until) => {
                world.wake(*until);
                true
            }
            Step::Report(report) => {
                let event = world.read(report);
                let decided = world.decide(&event);
                decided.iter().for_each(|it| world.apply(it));
                decided.is_ok()
            }
        });
        assert_eq!(history.steps.len() - without.steps.len(), refused);
        let shorter = play(machine, &without, |_, _| Ok(()))?;
        equal("without refusals", &bytes(&world, &world.facts), &bytes(&shorter, &shorter.facts))
    });
}

#[test]
fn a_case_is_the_fold_of_its_facts_in_any_order() {
    check(|machine, history| {
        let world = play(machine, history, |_, _| Ok(()))?;
        // Today an event may be recorded after what time did at the same instant: see
        // `suite/histories/found/event-at-an-instant-at-which-time-acted.history`.
        if !world.facts.is_sorted_by_key(Fact::order) {
            return Ok(());
        }
        let mut facts = world.facts.clone();
        let mut random = Random::new(u64::try_from(facts.len()).unwrap());
        for place in (1..facts.len()).rev() {
            facts.swap(place, random.below(place + 1));
        }
        equal("folded", &fold(machine, &facts), &world.case)
    });
}

#[test]
fn a_withdrawn_fact_was_never_there() {
    check(|machine, history| {
        let mut world = play(machine, history, |_, _| Ok(()))?;
        let Some(last) = world.facts.last().copied() else { return Ok(()) };
        let mut random = Random::new(u64::from(last.sequence));
        let place = random.below(world.facts.len());
        // Of an entry that never was one thing stays: no other entry gets its number.
        if matches!(world.facts[place].kind, FactKind::EntryAdded { .. }) {
            return Ok(());
        }
        let withdrawn = world.facts[place].sequence;
        let kind = FactKind::Withdrawn { sequence: withdrawn };
        let withdrawal = Fact { sequence: last.sequence + 1, kind, ..last };
        world.facts.push(withdrawal);
        let with = fold(machine, &world.facts);
        world.facts.remove(place);
        equal("withdrawn", &with, &fold(machine, &world.facts))
    });
}

#[test]
fn an_instant_and_a_number_order_the_facts_as_they_were_recorded() {
    check(|machine, history| {
        let world = play(machine, history, |_, _| Ok(()))?;
        let sorted = world.facts.is_sorted_by_key(|it| (it.at, it.sequence));
        let numbered = world.facts.iter().zip(1u32..).all(|(fact, number)| fact.sequence == number);
        equal("sorted, numbered from 1", &(sorted, numbered), &(true, true))
    });
}

#[test]
fn every_effect_follows_from_a_letter_or_a_telling() {
    check(|machine, history| {
        play(machine, history, |world, event| {
            let Ok(decision) = world.decide(event) else { return Ok(()) };
            let follows = |effect: &Effect| {
                let fact = decision.facts.iter().find(|it| it.sequence == effect.sequence);
                match (effect.kind, fact.map(|it| it.kind)) {
                    (EffectKind::Send(one), Some(FactKind::LetterDue { letter })) => one == letter,
                    (EffectKind::Tell(one), Some(FactKind::Told { party, .. })) => one == party,
                    _ => false,
                }
            };
            let caused = decision
                .facts
                .iter()
                .filter(|it| matches!(it.kind, FactKind::LetterDue { .. } | FactKind::Told { .. }));
            equal("effects", &decision.effects.iter().all(follows), &true)?;
            equal("effects", &decision.effects.len(), &caused.count())
        })
        .map(drop)
    });
}

#[test]
fn what_is_accepted_was_allowed() {
    check(|machine, history| {
        play(machine, history, |world, event| {
            if world.decide(event).is_err() || !world.is_open() {
                return Ok(());
            }
            let mut case = world.case.clone();
            let passed = wake(machine, &case, event.at, &world.context()).unwrap();
            for fact in &passed.facts {
                engine::runtime::apply(&mut case, fact);
            }
            equal("allowed", &allowed(machine, &case).contains(&event.kind), &true)
        })
        .map(drop)
    });
}
