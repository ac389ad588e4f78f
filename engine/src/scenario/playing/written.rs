//! From a play to the scenario that expects what happened in it.

use crate::machine::Machine;
use crate::runtime::ReportedAt;
use crate::scenario::playing::happened;
use crate::scenario::playing::play::Frame;
use crate::scenario::reading::slotted;
use crate::scenario::{Act, Movement, Scenario, Step};

/// The scenario of a play. A step in which nothing but the clock moved becomes one with the event
/// that follows.
pub(crate) fn scenario(machine: &Machine, frames: &[Frame<'_>], title: &str) -> Scenario {
    let mut steps: Vec<Step> = Vec::new();
    let mut moved: Option<Movement> = None;
    for (place, frame) in frames.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| frames.get(place));
        let after = frames.get(place.saturating_add(1));
        if let Some(movement) = only_moves(frame).filter(|_| after.is_some_and(stays)) {
            moved = Some(movement);
            continue;
        }
        let number = u32::try_from(steps.len()).unwrap_or(u32::MAX);
        let before = before.map(|it| it.after.case());
        steps.push(Step {
            number,
            movement: moved.take().unwrap_or(frame.step.movement),
            acts: frame.step.acts.iter().map(|act| renumbered(machine, act, number)).collect(),
            expect: happened::expect(machine, before, frame),
            ..frame.step.clone()
        });
    }
    Scenario::of_one_case(title, steps)
}

/// The same act in a step with this number: reports and personal references are named after it.
fn renumbered(machine: &Machine, act: &Act, number: u32) -> Act {
    let id = if number == 0 { act.id.clone() } else { format!("step-{number}") };
    Act { data: slotted(&machine.protocol, act.event, &act.data, &id), id, ..act.clone() }
}

/// How the clock moves in a step in which nothing else happens.
fn only_moves(frame: &Frame<'_>) -> Option<Movement> {
    let is_alone = frame.step.acts.is_empty() && frame.came.facts.is_empty();
    match frame.step.movement {
        _ if !is_alone => None,
        Movement::Wait(term) => Some(Movement::Wait(term)),
        Movement::At(_) => Some(Movement::At(ReportedAt::Instant(frame.after.now))),
        Movement::Stay
        | Movement::RecordedAt(..)
        | Movement::Until(_)
        | Movement::UntilStop(..) => None,
    }
}

fn stays(frame: &Frame<'_>) -> bool {
    frame.step.movement == Movement::Stay && !frame.step.acts.is_empty()
}
