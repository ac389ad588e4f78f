//! What a live case costs in memory, apart from its facts: as the system sees it, slack and all.

use engine::machine::Machine;
use engine::runtime::{Case, Clock, Event, Fact, Scratch, apply, decide_into};
use engine::script::Value;

use crate::Told;
use crate::workload::story::KINDS;

/// The events after which a case has four fields and three clocks.
const EVENTS_TOLD: usize = 12;

/// Before anything else is measured: memory that was given back would hide what is taken.
pub(crate) fn memory(machine: &Machine, told: &Told, cases: usize) {
    let before = resident();
    let live: Vec<Case> =
        (0..cases).map(|id| case(machine, told, &told.kinds[id % KINDS])).collect();
    let after = resident();
    let one = live.first().expect("a case");
    assert_eq!((one.fields.len(), one.clocks.len()), (4, 3));
    let named = format!(
        "case {}, field {}, clock {}; a fact {}",
        size_of::<Case>(),
        size_of::<Value>(),
        size_of::<Clock>(),
        size_of::<Fact>()
    );
    match (before, after) {
        (Some(before), Some(after)) => {
            let each = after.saturating_sub(before) / cases;
            println!("a live case takes {each} bytes (wanted under 600): {named}");
        }
        _ => println!("a live case: the system does not say; {named}"),
    }
}

fn case(machine: &Machine, told: &Told, events: &[Event]) -> Case {
    let context = told.context();
    let mut case = Case::new(machine);
    let mut scratch = Scratch::new(machine);
    for event in events.iter().take(EVENTS_TOLD) {
        decide_into(machine, &case, event, &context, &mut scratch).expect("the event is allowed");
        for fact in &scratch.facts {
            apply(&mut case, fact);
        }
    }
    case
}

/// Bytes of memory that this process holds; nothing where the system has no `/proc`.
fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
