//! What it costs to say why, beside deciding alone.

use std::hint::black_box;

use engine::machine::Machine;
use engine::runtime::{Case, Event, apply, decide, explain};

use crate::{Told, row, timed};

pub(crate) fn explained(machine: &Machine, told: &Told, rounds: usize) {
    let context = told.context();
    let mut before = Vec::new();
    let mut case = Case::new(machine);
    for event in &told.kinds[0] {
        before.push((case.clone(), event));
        let decision = decide(machine, &case, event, &context).expect("the event is allowed");
        for fact in &decision.facts {
            apply(&mut case, fact);
        }
    }
    let count = before.len() as f64;
    let plain = timed(rounds, || {
        before.iter().all(|(case, event)| decide(machine, case, event, black_box(&context)).is_ok())
    });
    let why = timed(rounds, || {
        let each =
            |(case, event): &(Case, &Event)| explain(machine, case, event, black_box(&context));
        before.iter().all(|it| each(it).outcome.is_ok())
    });
    let note =
        format!("decide alone {:.0} ns: {:.2} times (wanted under 4)", plain / count, why / plain);
    row("explain an event", why / count, &note);
}
