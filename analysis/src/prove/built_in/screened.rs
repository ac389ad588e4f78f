//! A new complaint is looked at, whatever stops are in force for whoever makes it.
//!
//! No stop refuses the opening of a case. What a stop may keep from happening is what follows: it
//! refuses acts of the complainant, and a condition may ask how many stops are in force. So from
//! wherever a new case can be in the stage in which it begins there must be a way on without either.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{Doer, Event, EventId, Party, Point, StageId, Variable};
use engine::script::Value;

use crate::Taken;
use crate::bases::Bases;
use crate::explore::{Reach, Ways, reach};
use crate::prove::Options;
use crate::prove::built_in::places::said;
use crate::steps::{About, Grain, Key, Step, Steps};
use crate::verdict::Outcome;

/// Wherever a new case can be in the stage in which it begins, somebody of the house can report what
/// takes it on from there, or time takes it to a stage that does not close it; whatever stops are in
/// force, and without anything that a stop refuses.
pub(super) fn always_screened(
    machine: &Machine,
    bases: &Bases<'_>,
    options: &Options,
) -> (Outcome, usize) {
    let begins = begins(machine);
    let all = (0..machine.protocol.stages.len()).map(|at| Point::Stage(StageId::at(at)));
    let about = About { points: all.collect(), ..About::default() }.at(Grain::Order);
    let mut steps = Steps::new(machine, &about);
    let is_new = |key: &Key| {
        let case = key.case();
        case.opened_at.is_some() && !case.closed && begins.contains(&case.stage)
    };
    let is_on = |step: &Step| {
        let next = step.next.case();
        !begins.contains(&next.stage) && (step.acts.is_none() || !next.closed)
    };
    let stops = stops_asked(machine);
    let asked = Ways {
        is_there: &|_| false,
        is_it: &is_on,
        may: &|key, step| is_new(key) && (step.acts.is_some() || is_of_the_house(machine, step)),
        // Somebody is under one stop at least.
        is_answer: &|question, value| !stops.contains(&question) || is_some(value),
    };
    let found = reach(&mut steps, (options.situations, &options.patience), &asked);
    let new = |keys: BTreeSet<Key>| keys.into_iter().filter(is_new).collect();
    let found = Reach {
        doubtful: new(found.doubtful),
        hopeless: new(found.hopeless),
        by_others: new(found.by_others),
        ..found
    };
    said(&mut steps, bases, &found, options)
}

/// The stages in which cases begin.
fn begins(machine: &Machine) -> BTreeSet<StageId> {
    let stages = machine.protocol.stages.iter().enumerate();
    let start = stages.filter(|(_, it)| it.start).map(|(at, _)| StageId::at(at));
    start.chain(machine.protocol.intake.iter().map(|it| it.start)).collect()
}

/// The questions that ask how many stops are in force.
fn stops_asked(machine: &Machine) -> BTreeSet<usize> {
    let questions = machine.protocol.history.questions.iter().enumerate();
    let of_stops = questions.filter(|(_, it)| it.asked == engine::model::Asked::Stops);
    of_stops.map(|(at, _)| at).collect()
}

fn is_some(value: Value) -> bool {
    !matches!(value, Value::Number(it) if it < 1.into())
}

/// Whether a role of the house does it, and no stop refuses it.
fn is_of_the_house(machine: &Machine, step: &Step) -> bool {
    let Taken::Event(said) = &step.taken else { return false };
    let protocol = &machine.protocol;
    let is_refused = |id: EventId| {
        protocol.stops.iter().flat_map(|it| &it.refuses).any(|it| it.events.contains(&id))
    };
    let is_inside = |party: Party| match party {
        Party::Role(role) => protocol.roles.get(role.index()).is_some_and(|it| !it.external),
        _ => false,
    };
    let declares = |event: &Event| {
        event.by.iter().any(|it| match it {
            Doer::Party(party) => is_inside(*party),
            Doer::Handler | Doer::Owner => true,
        })
    };
    // Where a condition asks who does it, each of them is a step of its own.
    let is_told = protocol.variables.contains(&Variable::By);
    let declared = protocol.events.get(said.event.index());
    let may = is_inside(said.by) || (!is_told && declared.is_some_and(declares));
    may && !is_refused(said.event)
}
