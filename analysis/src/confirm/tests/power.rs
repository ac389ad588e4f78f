//! Of courses that are possible, because the engine has been through them, only the steps are
//! kept: dates are found for them again.

use engine::machine::Machine;
use engine::runtime::Event;
use engine::script::Value;
use engine::text::Symbol;
use engine::time::NaiveDate;

use super::dates::ANSWER;
use super::world::{machine, window};
use crate::confirm::acts::act;
use crate::confirm::search::wander;
use crate::confirm::walk::Walk;
use crate::confirm::{Goal, confirm};
use crate::loading::shipped;
use crate::taken::{Reported, Taken};

/// The steps of a walk.
fn path(machine: &Machine, walk: &Walk) -> Vec<Taken> {
    let mut path = Vec::new();
    let mut last = None;
    for fact in walk.facts() {
        path.extend(act(machine, fact));
        if fact.cause.is_some() && fact.cause != last {
            let event = walk.events().find(|it| Some(it.id) == fact.cause).unwrap();
            path.push(Taken::Event(reported(event)));
        }
        last = fact.cause.or(last);
    }
    path
}

fn reported(event: &Event) -> Reported {
    // Of dates and texts a path says only that they are brought.
    let any = |value: &Value| match value {
        Value::Date(_) => Value::Date(NaiveDate::default()),
        Value::Text(_) => Value::Text(Symbol(0)),
        other => *other,
    };
    Reported {
        event: event.kind,
        by: event.actor.party,
        channel: event.channel,
        intake: event.intake,
        data: event.data.iter().map(|(id, it)| (*id, any(it))).collect(),
        entry: None,
        entry_data: event.entry_data.iter().map(|(at, it)| (*at, any(it))).collect(),
        history: Vec::new(),
    }
}

/// Of so many walks at random those whose steps were not dated again.
fn lost(machine: &Machine, seeds: u64) -> Vec<u64> {
    let when = window("2025-12-01", "2026-06-30");
    let is_lost = |seed: &u64| {
        let path = path(machine, &wander(machine, when, *seed, 12).unwrap());
        assert!(path.len() > 1, "{path:?}");
        confirm(machine, &path, Goal::Taken, when).is_none()
    };
    (0..seeds).filter(is_lost).collect()
}

#[test]
fn what_happened_once_is_found_to_be_possible_again() {
    assert_eq!(lost(&machine(ANSWER), 60), []);
    assert_eq!(lost(&shipped("uk-housing-code"), 60), []);
    assert_eq!(lost(&shipped("uk-fca-disp"), 30), []);
    assert_eq!(lost(&shipped("nl-awb"), 30), []);
    // Here the clocks of several entries must run out in one order.
    assert_eq!(lost(&shipped("small-business"), 26), [25]);
}
