//! Every figure beside its baseline, in one run: `cargo xtask bench`. `cargo test` runs it once
//! with few rounds, so that it cannot rot.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark may stop")]

mod engine_walk;
mod story;
mod timers;
mod walk;

use std::path::Path;
use std::time::Instant as Stopwatch;

use engine::machine::Machine;
use engine::runtime::{Case, Context, Event, Fact, Scratch, apply, decide_into, read_report};

use engine_walk::Engine;
use story::{EVENTS, KINDS};
use walk::Walk;

fn main() {
    let short = !std::env::args().any(|argument| argument == "--bench");
    let cases: u32 = if short { 50 } else { 100_000 };
    let machine = open("suite/speed/workload");
    for _ in 0..if short { 1 } else { 3 } {
        let w = walked(cases);
        let e = engined(&machine, cases);
        println!("walk {w:.1} ns  engine {e:.1} ns  {:.2} times, {:.0} events/s", e / w, 1e9 / e);
    }
}

/// A protocol of this folder, which is sound.
fn open(folder: &str) -> Machine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let sources = store::folder::read(&folder).expect("the protocol can be read");
    let (machine, faults) = engine::load(&sources);
    machine.unwrap_or_else(|| panic!("the protocol has faults: {faults:?}"))
}

fn walked(cases: u32) -> f64 {
    let kinds: Vec<_> = (0..KINDS).map(story::steps).collect();
    let mut walk = Walk::new(cases, EVENTS);
    let begin = Stopwatch::now();
    for at in 0..EVENTS {
        for id in 0..cases {
            let step = &kinds[id as usize % KINDS][at];
            assert!(walk.take(id, step.at, step.what), "the baseline takes every event");
        }
    }
    let took = begin.elapsed();
    let (written, sum) = walk.written();
    std::hint::black_box(sum);
    assert_eq!(walk.missed, 0);
    took.as_secs_f64() * 1e9 / written as f64
}

fn engined(machine: &Machine, cases: u32) -> f64 {
    let mut strings = machine.strings();
    let kinds: Vec<Vec<Event>> = (0..KINDS)
        .map(|kind| {
            let steps = story::steps(kind);
            steps
                .iter()
                .map(|it| read_report(machine, &story::report(it), &mut strings).expect("x"))
                .collect()
        })
        .collect();
    let context = Context::new(&strings);
    let (room, per_case) = sample(machine, &kinds[0], &context);
    let mut engine = Engine::new(machine, cases as usize, &room, cases as usize * per_case);
    let begin = Stopwatch::now();
    for at in 0..EVENTS {
        for id in 0..cases {
            let event = &kinds[id as usize % KINDS][at];
            assert!(engine.take(id, event, &context), "the engine takes every event");
        }
    }
    let took = begin.elapsed();
    assert!(engine.cases.iter().all(|case| case.closed));
    assert_eq!(engine.woken, 0);
    println!(
        "facts per event {:.2}, fact {} bytes, case {} bytes, clock {}",
        engine.facts.len() as f64 / (cases as usize * EVENTS) as f64,
        size_of::<Fact>(),
        size_of::<Case>(),
        size_of::<engine::runtime::Clock>()
    );
    took.as_secs_f64() * 1e9 / (cases as usize * EVENTS) as f64
}

fn sample(machine: &Machine, events: &[Event], context: &Context<'_>) -> (Fact, usize) {
    let mut case = Case::new(machine);
    let mut scratch = Scratch::new(machine);
    let mut count = 0;
    let mut one = None;
    for event in events {
        decide_into(machine, &case, event, context, &mut scratch).expect("the event is allowed");
        for fact in &scratch.facts {
            apply(&mut case, fact);
        }
        count += scratch.facts.len();
        one = scratch.facts.first().copied();
    }
    (one.expect("a fact"), count)
}
