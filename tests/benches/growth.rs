//! How time grows with the size of a protocol, and with the number of open cases when a calendar
//! changes. Run with `cargo bench -p tests --bench growth`; `cargo test` runs it once on small
//! sizes, so that it cannot rot.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark may stop")]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant as Stopwatch;

use engine::machine::Machine;
use engine::runtime::{Case, Context, Report, apply, decide, ledger, read_report};
use engine::text::SourceSet;
use engine::time::Instant;
use tests::generated::generated;

/// 2026-06-01T08:00Z, a Monday.
const MONDAY: i64 = 1_780_300_800_000;
const TEN_MINUTES: i64 = 600_000;

fn main() {
    let short = !std::env::args().any(|argument| argument == "--bench");
    let sizes: &[usize] = if short { &[8, 16] } else { &[50, 100, 200, 500] };
    grown(sizes, if short { 1 } else { 10 });
    unknown_names(if short { 20 } else { 7_600 });
    calendar_changed(if short { 50 } else { 100_000 });
}

/// Generated protocols of more and more stages, each beside the smallest: how many times the size,
/// how many times the time.
fn grown(sizes: &[usize], rounds: u32) {
    let mut first: Option<(usize, f64)> = None;
    for n_stages in sizes {
        let sources = generated(*n_stages);
        let begin = Stopwatch::now();
        for _ in 0..rounds {
            let (machine, faults) = engine::load(black_box(&sources));
            assert!(machine.is_some() && faults.is_empty(), "{faults:?}");
        }
        let took = begin.elapsed().as_secs_f64() * 1e3 / f64::from(rounds);
        let (n_first, took_first) = *first.get_or_insert((*n_stages, took));
        let size = *n_stages as f64 / n_first as f64;
        println!(
            "load {n_stages} stages {took:.1} ms: {size:.1} times the size, {:.1} times the time",
            took / took_first
        );
    }
}

/// A generated protocol in which so many conditions name something that does not exist.
fn unknown_names(n_names: usize) {
    let whole = generated(200);
    let (_, file) = whole.files().next().expect("a file");
    let mut text = String::from_utf8(file.bytes.clone()).expect("text");
    for at in 0..n_names / 4 {
        let is: Vec<String> = (0..4).map(|part| format!("feild_{at}_{part} > 1")).collect();
        text.push_str(&format!("[conditions.c{at}]\nsays = \"x\"\nis = '{}'\n", is.join(" || ")));
    }
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let begin = Stopwatch::now();
    let (_, faults) = engine::load(&sources);
    let took = begin.elapsed().as_secs_f64() * 1e3;
    println!(
        "load with {} faults, most of them unknown names: {took:.0} ms",
        faults.iter().count()
    );
}

/// The due instants of so many open cases, derived again by an amended calendar.
fn calendar_changed(n_cases: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/uk-housing-code");
    let sources = store::folder::read(&folder).expect("the protocol can be read");
    let amended = sources.files().map(|(_, file)| {
        let text = String::from_utf8_lossy(&file.bytes);
        let day = "closed = [{ on = 2026-06-10, name = \"Day of mourning\" }]\n\n[time]\n";
        (file.path.clone(), text.replace("[time]\n", day).into_bytes())
    });
    let loaded = |sources: &SourceSet| -> Machine {
        let (machine, faults) = engine::load(sources);
        machine.unwrap_or_else(|| panic!("the protocol has faults: {faults:?}"))
    };
    let (before, after) = (loaded(&sources), loaded(&SourceSet::new("", amended)));
    let cases: Vec<Case> = (0..n_cases).map(|number| opened(&before, number)).collect();
    let begin = Stopwatch::now();
    let moved = |case: &&Case| {
        case.clocks.iter().any(|clock| {
            let due = ledger(&after, case, clock).ok().and_then(|it| it.1?.at);
            due != clock.times.due
        })
    };
    let n_moved = cases.iter().filter(moved).count();
    let took = begin.elapsed();
    println!(
        "calendar changed: {n_cases} open cases derived again in {:.0} ms, {:.0} ns a case, {n_moved} moved",
        took.as_secs_f64() * 1e3,
        took.as_secs_f64() * 1e9 / n_cases as f64
    );
}

fn opened(machine: &Machine, number: usize) -> Case {
    // The cases come in over two weeks.
    let at = Instant::from_ms(MONDAY + i64::try_from(number % 2_000).unwrap_or(0) * TEN_MINUTES);
    let report = Report::new("opened", "opened", at, "complainant");
    let mut strings = machine.strings();
    let event = read_report(machine, &report, &mut strings).expect("a report");
    let mut case = Case::new(machine);
    let decision = decide(machine, &case, &event, &Context::new(&strings)).expect("it opens");
    decision.facts.iter().for_each(|fact| apply(&mut case, fact));
    case
}
