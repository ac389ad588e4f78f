//! Whether an event always finds a branch, and whether each branch is ever taken.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::inspect::assigned::{Assigned, carried};
use crate::inspect::cases;
use crate::inspect::fields::Fields;
use crate::inspect::rules;
use crate::machine::Machine;
use crate::model::{Branch, EventId, StageId, Transitions, Variable};
use crate::script::{Expr, Value};

/// Looks at the branches of every event in every stage that a case can enter.
pub(crate) fn branches(machine: &Machine, known: &Assigned, out: &mut Diagnostics) {
    // The branches of `anywhere` are the same in many stages; each is spoken of once.
    let mut said = BTreeSet::new();
    for (place, stage) in machine.protocol.stages.iter().enumerate() {
        let id = StageId::at(place);
        if !machine.graph().reaches(id) {
            continue;
        }
        for transitions in &stage.on {
            if said.insert(transitions.branches.first().map(|it| it.rule)) {
                let mut here = known.in_stage(id);
                here.extend(carried(&machine.protocol, transitions.event));
                of_event(transitions, id, &here, machine, out);
            }
        }
    }
}

fn of_event(
    transitions: &Transitions,
    stage: StageId,
    here: &Fields,
    machine: &Machine,
    out: &mut Diagnostics,
) {
    let protocol = &machine.protocol;
    let event = protocol.events.get(transitions.event.index()).map_or("", |it| &it.name);
    let stage_name = protocol.stages.get(stage.index()).map_or("", |it| &it.name);
    let span = |branch: &Branch| protocol.rule(branch.rule).span;
    let plain = transitions.branches.iter().position(|it| it.when.is_none());
    let kept = plain.map_or(transitions.branches.len(), |at| at.saturating_add(1));
    let first_plain = plain.and_then(|at| transitions.branches.get(at));
    for branch in transitions.branches.iter().skip(kept) {
        let because = "a branch before it has no `when` and is always taken";
        out.push(rules::unreachable_branch(
            event,
            stage_name,
            because,
            span(branch),
            first_plain.map(span),
        ));
    }
    let guarded: Vec<&Branch> =
        transitions.branches.iter().take_while(|it| it.when.is_some()).collect();
    let found = go_through(&guarded, stage, transitions.event, here, machine);
    if let (None, Some(last)) = (plain, guarded.last()) {
        match &found {
            Some(found) => {
                let example = found.untaken.as_deref();
                if example.is_some() {
                    out.push(rules::event_may_find_no_branch(
                        event,
                        stage_name,
                        example,
                        span(last),
                    ));
                }
            }
            None => out.push(rules::event_may_find_no_branch(event, stage_name, None, span(last))),
        }
    }
    let Some(found) = found else { return };
    for (branch, taken) in guarded.iter().zip(&found.taken) {
        if !taken {
            let because = "its condition never holds where no branch before it does";
            out.push(rules::unreachable_branch(event, stage_name, because, span(branch), None));
        }
    }
    if let (Some(last), None) = (first_plain, &found.untaken)
        && !guarded.is_empty()
    {
        let because = "in every case a branch before it holds";
        out.push(rules::unreachable_branch(event, stage_name, because, span(last), None));
    }
}

/// What going through all cases has shown.
struct Found {
    /// For each branch, whether some case takes it.
    taken: Vec<bool>,
    /// A case that none of them takes.
    untaken: Option<String>,
}

fn go_through(
    guarded: &[&Branch],
    stage: StageId,
    event: EventId,
    here: &Fields,
    machine: &Machine,
) -> Option<Found> {
    let protocol = &machine.protocol;
    let conditions: Vec<&Expr> = guarded.iter().filter_map(|it| it.when.as_ref()).collect();
    let nodes: Vec<_> = machine.graph().nodes_of(stage).collect();
    let written = protocol.events.get(event.index()).is_some_and(|it| it.written);
    let possible = |variable: Variable, value: Value| match (variable, value) {
        (Variable::Rung, Value::Choice(rung)) => nodes.iter().any(|node| node.rung.0 == rung),
        (Variable::Stage, Value::Choice(it)) => it == stage.0,
        (Variable::Event, Value::Choice(it)) => it == event.0,
        (Variable::Field(field), Value::Unset) => !here.contains(field),
        // Nobody has to say how an event came, unless it must come in writing.
        (Variable::Channel, Value::Unset) => !written,
        (_, Value::Unset) => false,
        _ => true,
    };
    let mut found = Found { taken: vec![false; guarded.len()], untaken: None };
    let complete = cases::each(&conditions, protocol, possible, |case, held| {
        match held.iter().position(|holds| *holds) {
            Some(at) => found.taken.get_mut(at).into_iter().for_each(|it| *it = true),
            None if found.untaken.is_none() => found.untaken = Some(cases::shown(case, protocol)),
            None => {}
        }
    });
    complete.then_some(found)
}
