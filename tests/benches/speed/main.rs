//! Every figure beside its baseline, in one run: `cargo xtask bench`. `cargo test` runs it once
//! with few rounds, so that it cannot rot. Of what is compared several runs are made in turn and
//! the best of each counts, for the machine is shared.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark may stop")]

mod days;
mod explain;
mod guards;
mod housing;
mod memory;
mod process;
mod workload;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant as Stopwatch;

use engine::machine::Machine;
use engine::runtime::{
    Case, Context, Event, Fact, Scratch, apply, decide, decide_into, read_report,
};
use engine::text::{SourceSet, Strings};

use workload::engine::Engine;
use workload::json;
use workload::rhai_table::RhaiTable;
use workload::story::{self, EVENTS, KINDS, Step};
use workload::walk::Walk;

fn main() {
    let short = !std::env::args().any(|argument| argument == "--bench");
    let cases: u32 = if short { 50 } else { 100_000 };
    let rounds = if short { 1 } else { 5 };
    let (_, machine) = open("suite/speed/workload");
    let told = Told::of(&machine);
    memory::memory(&machine, &told, cases as usize);
    println!("{cases} live cases of {EVENTS} events, 4 conditions, 3 clocks, in turn:");
    compared(&machine, &told, cases, rounds);
    let (sources, housing) = open("../protocols/uk-housing-code");
    housing::decided(&housing, if short { 50 } else { 20_000 });
    housing::loaded(&sources, &housing, if short { 1 } else { 200 });
    explain::explained(&machine, &told, if short { 1 } else { 20_000 });
    println!("conditions:");
    guards::guards(if short { 100 } else { 2_000_000 });
    days::days(&machine, if short { 100 } else { 2_000_000 });
    if !short {
        process::processes(20);
    }
}

/// A line of the table: what, how long it takes, and what that is worth.
fn row(what: &str, nanoseconds: f64, note: &str) {
    if nanoseconds >= 1e5 {
        println!("{what:<44} {:>9.2} ms  {note}", nanoseconds / 1e6);
    } else {
        println!("{what:<44} {nanoseconds:>9.1} ns  {note}");
    }
}

/// Nanoseconds of one round.
fn timed(rounds: usize, mut run: impl FnMut() -> bool) -> f64 {
    let begin = Stopwatch::now();
    for _ in 0..rounds {
        black_box(run());
    }
    begin.elapsed().as_secs_f64() * 1e9 / rounds as f64
}

/// A protocol of this folder, which is sound.
fn open(folder: &str) -> (SourceSet, Machine) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let sources = store::folder::read(&folder).expect("the protocol can be read");
    let (machine, faults) = engine::load(&sources);
    let machine = machine.unwrap_or_else(|| panic!("the protocol has faults: {faults:?}"));
    (sources, machine)
}

/// The story as the engine reads it, for each kind of case.
struct Told {
    strings: Strings,
    kinds: Vec<Vec<Event>>,
    /// How many facts a case comes to, and one of them.
    facts: usize,
    fact: Fact,
}

impl Told {
    fn of(machine: &Machine) -> Self {
        let mut strings = machine.strings();
        let mut event = |step: &Step| {
            read_report(machine, &story::report(step), &mut strings)
                .expect("the story is well formed")
        };
        let kinds: Vec<Vec<Event>> =
            (0..KINDS).map(|kind| story::steps(kind).iter().map(&mut event).collect()).collect();
        let context = Context::new(&strings);
        let mut case = Case::new(machine);
        let mut facts = Vec::new();
        for event in &kinds[0] {
            let decision = decide(machine, &case, event, &context).expect("the event is allowed");
            decision.facts.iter().for_each(|fact| apply(&mut case, fact));
            facts.extend(decision.facts);
        }
        let fact = *facts.first().expect("a fact");
        Self { strings, kinds, facts: facts.len(), fact }
    }

    fn context(&self) -> Context<'_> {
        Context::new(&self.strings)
    }
}

fn compared(machine: &Machine, told: &Told, cases: u32, rounds: usize) {
    let texts: Vec<Vec<String>> =
        (0..KINDS).map(|kind| story::steps(kind).iter().map(story::json).collect()).collect();
    let mut best = [f64::INFINITY; 5];
    for _ in 0..rounds {
        let round = [
            walked(cases),
            engine_walked(machine, told, cases),
            posted(machine, told, &texts, cases),
            rhai_walked(cases, None),
            rhai_walked(cases, Some(&texts)),
        ];
        for (best, this) in best.iter_mut().zip(round) {
            *best = best.min(this);
        }
    }
    let [walk, engine, json, rhai, rhai_json] = best;
    let rate = |each: f64| format!("{:.0} events/s", 1e9 / each);
    row("plain Rust: match, log, heap of timers", walk, &rate(walk));
    let per_event = told.facts as f64 / EVENTS as f64;
    let note = format!("{:.2} times the walk (wanted 8), {per_event:.2} facts", engine / walk);
    row("decide + apply", engine, &format!("{}, {note}", rate(engine)));
    row("  from JSON text", json, &format!("{} (wanted 1000000)", rate(json)));
    let times =
        |ours: f64, theirs: f64| format!("the engine takes {:.2} times that", ours / theirs);
    row(
        "table with rhai conditions, nothing kept",
        rhai,
        &format!("{}, {}", rate(rhai), times(engine, rhai)),
    );
    row("  from JSON text", rhai_json, &format!("{}, {}", rate(rhai_json), times(json, rhai_json)));
}

/// Nanoseconds an event, all cases in turn.
fn each_event(cases: u32, mut take: impl FnMut(u32, usize) -> bool) -> f64 {
    let begin = Stopwatch::now();
    for at in 0..EVENTS {
        for id in 0..cases {
            assert!(take(id, at), "every event is taken");
        }
    }
    begin.elapsed().as_secs_f64() * 1e9 / (cases as usize * EVENTS) as f64
}

fn walked(cases: u32) -> f64 {
    let kinds: Vec<_> = (0..KINDS).map(story::steps).collect();
    let mut walk = Walk::new(cases, EVENTS);
    let each = each_event(cases, |id, at| {
        let step = &kinds[id as usize % KINDS][at];
        walk.take(id, step.at, step.what)
    });
    assert_eq!((walk.written().0, walk.missed), (cases as usize * EVENTS, 0));
    black_box(walk.written());
    each
}

fn engine_walked(machine: &Machine, told: &Told, cases: u32) -> f64 {
    let context = told.context();
    let mut engine = Engine::new(machine, cases as usize, &told.fact, cases as usize * told.facts);
    let each =
        each_event(cases, |id, at| engine.take(id, &told.kinds[id as usize % KINDS][at], &context));
    assert!(engine.cases.iter().all(|case| case.closed) && engine.woken == 0);
    each
}

/// Each event is parsed and read before it is decided.
fn posted(machine: &Machine, told: &Told, texts: &[Vec<String>], cases: u32) -> f64 {
    let mut strings = told.strings.clone();
    let mut open: Vec<Case> = vec![Case::new(machine); cases as usize];
    let mut facts = vec![told.fact; cases as usize * told.facts];
    facts.clear();
    let mut scratch = Scratch::new(machine);
    let each = each_event(cases, |id, at| {
        let text = black_box(&texts[id as usize % KINDS][at]);
        let Some(report) = json::report(&machine.protocol, text) else { return false };
        let Ok(event) = read_report(machine, &report, &mut strings) else { return false };
        let case = &mut open[id as usize];
        let context = Context::new(&strings);
        if decide_into(machine, case, &event, &context, &mut scratch).is_err() {
            return false;
        }
        scratch.facts.iter().for_each(|fact| apply(case, fact));
        facts.extend_from_slice(&scratch.facts);
        true
    });
    assert!(open.iter().all(|case| case.closed));
    each
}

fn rhai_walked(cases: u32, texts: Option<&[Vec<String>]>) -> f64 {
    let kinds: Vec<_> = (0..KINDS).map(story::steps).collect();
    let mut table = RhaiTable::new(cases);
    let each = each_event(cases, |id, at| {
        let kind = id as usize % KINDS;
        let what = match texts {
            None => kinds[kind][at].what,
            Some(texts) => match json::happened(black_box(&texts[kind][at])) {
                Some(what) => what,
                None => return false,
            },
        };
        table.take(id, at, what)
    });
    assert!(table.all_settled());
    each
}
