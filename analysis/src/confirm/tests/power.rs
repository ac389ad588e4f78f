//! Of courses that are possible, because the engine has been through them, only the steps are
//! kept: dates are found for them again.

use engine::machine::Machine;
use engine::runtime::Event;
use engine::script::Value;

use super::dates::ANSWER;
use super::world::{housing, machine, window};
use crate::confirm::acts::act;
use crate::confirm::search::wander;
use crate::confirm::walk::Walk;
use crate::confirm::{Goal, Window, confirm};
use crate::taken::{Reported, Taken};

/// The steps of a walk.
fn path(walk: &Walk) -> Vec<Taken> {
    let mut path = Vec::new();
    let mut last = None;
    for fact in &walk.facts {
        path.extend(act(fact));
        if fact.cause.is_some() && fact.cause != last {
            let event = walk.events.iter().find(|it| Some(it.id) == fact.cause).unwrap();
            path.push(Taken::Event(reported(event)));
        }
        last = fact.cause.or(last);
    }
    path
}

fn reported(event: &Event) -> Reported {
    // What is due when is not part of a path, nor are the texts.
    let is_said = |it: &&(_, Value)| !matches!(it.1, Value::Date(_) | Value::Text(_));
    Reported {
        event: event.kind,
        by: event.actor.party,
        channel: event.channel,
        intake: event.intake,
        data: event.data.iter().filter(is_said).copied().collect(),
        entry: None,
        entry_data: Vec::new(),
        history: Vec::new(),
    }
}

/// How many of so many walks at random are found again.
fn found_again(machine: &Machine, when: Window, seeds: u64) -> (Vec<u64>, u64) {
    let mut lost = Vec::new();
    for seed in 0..seeds {
        let walk = wander(machine, when, seed, 12).unwrap();
        let path = path(&walk);
        if confirm(machine, &path, Goal::Taken, when).is_none() {
            eprintln!("{seed}: {path:?}");
            lost.push(seed);
        }
    }
    (lost, seeds)
}

#[test]
fn what_happened_once_is_found_to_be_possible_again() {
    let when = window("2025-12-01", "2026-06-30");
    assert_eq!(found_again(&machine(ANSWER), when, 40), (vec![], 40));
    assert_eq!(found_again(&housing(), when, 40), (vec![], 40));
}
