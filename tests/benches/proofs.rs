//! What a proof costs, beside following the cases of the same protocol day by day: a procedure with
//! twelve stages and nine deadlines. `cargo test` runs it once with few situations, so that it
//! cannot rot.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark may stop")]

use std::path::Path;
use std::time::Instant as Stopwatch;

use analysis::bases::{Bases, Window};
use analysis::explore::{Hunt, look};
use analysis::grid::{Extent, Goal, Options, explore};
use analysis::steps::{About, Step, Steps};
use analysis::{Asked, Outcome, prove};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::time::{NaiveDate, NaiveTime};

/// As many situations of the grid as are looked at; where there are more, it takes longer than is
/// measured.
const SITUATIONS: usize = 1_000_000;

fn main() {
    let short = !std::env::args().any(|argument| argument == "--bench");
    let machine = procedure();
    let rounds = if short { 1 } else { 20 };
    for place in 0..machine.protocol.guarantees.len() {
        let id = GuaranteeId::at(place);
        println!("{}:", machine.protocol.guarantees[place].id);
        let zones = by_zones(&machine, id, rounds);
        let days = by_days(&machine, id, if short { 500 } else { SITUATIONS });
        println!("  the zones are {:.0} times as fast", days / zones);
    }
    shipped(if short { 1 } else { usize::MAX });
}

fn procedure() -> Machine {
    machine(&Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/speed/procedure"))
}

/// What each thing costs that some of the protocols that ship are asked.
fn shipped(n_protocols: usize) {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols");
    let folders = std::fs::read_dir(all).expect("the protocols").map(|it| it.expect("one").path());
    let mut folders: Vec<_> = folders.filter(|it| it.join("protocol.toml").exists()).collect();
    folders.sort();
    let mut each: Vec<(f64, String)> = Vec::new();
    for folder in folders.iter().take(n_protocols) {
        let machine = machine(folder);
        let options = analysis::Options::new(&machine);
        for asked in analysis::asked(&machine) {
            let begun = Stopwatch::now();
            let verdict = prove(&machine, asked, &options);
            let took = begun.elapsed().as_secs_f64() * 1e3;
            assert!(matches!(verdict.outcome, Outcome::Proved(_)), "it is not proved: {asked:?}");
            each.push((took, format!("{} {asked:?}", machine.protocol.id)));
        }
    }
    each.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (median, (most, of)) = (each[each.len() / 2].0, &each[each.len() - 1]);
    let n_long = each.iter().filter(|it| it.0 > 50.0).count();
    println!(
        "{} verdicts of the protocols that ship: median {median:.1} ms, most {most:.1} ms ({of}), \
         {n_long} over 50 ms (wanted: a median under 50 ms)",
        each.len()
    );
}

fn machine(folder: &Path) -> Machine {
    let sources = store::folder::read(folder).expect("the protocol can be read");
    let (machine, faults) = engine::load(&sources);
    machine.unwrap_or_else(|| panic!("the protocol has faults: {faults:?}"))
}

/// Milliseconds in which everything is looked at by zones; the best of some rounds.
fn by_zones(machine: &Machine, id: GuaranteeId, rounds: usize) -> f64 {
    let options = analysis::Options::new(machine);
    let begun = Stopwatch::now();
    let window = Window { from: options.from, to: options.to };
    let bases = Bases::of(machine, window).expect("the calendar knows these years");
    let tables = begun.elapsed().as_secs_f64() * 1e3;
    let before = resident();
    let mut best = f64::INFINITY;
    let mut said = String::new();
    for round in 0..rounds {
        let begun = Stopwatch::now();
        let mut steps = Steps::new(machine, &About::guarantee(machine, id));
        let is_bad = |step: &Step| step.promise.broken;
        let hunt = Hunt {
            is_bad: &is_bad,
            assume: &[],
            situations_max: options.situations,
            ways_max: 1,
            patience: &options.patience,
        };
        let looked = look(&mut steps, &bases, &hunt);
        best = best.min(begun.elapsed().as_secs_f64() * 1e3);
        assert!(looked.proved, "it can be broken: {:?}", looked.suspects.first());
        if round == 0 {
            let grown = memory(before);
            said = format!("{} situations, {grown}", looked.situations);
        }
    }
    println!("  by zones, all dates      {best:>10.1} ms  {said} (wanted under 50 ms)");
    let begun = Stopwatch::now();
    let verdict = prove(machine, Asked::Own(id), &options);
    let whole = begun.elapsed().as_secs_f64() * 1e3;
    let Outcome::Proved(proved) = verdict.outcome else { panic!("it is not proved") };
    let most = proved.most_days;
    println!(
        "  the whole verdict        {whole:>10.1} ms  {tables:.1} ms of it for the calendars; at most {most:?} days, shown {:?}",
        proved.worst.and_then(|it| it.days)
    );
    best
}

/// Milliseconds in which the cases of one date are followed day by day.
fn by_days(machine: &Machine, id: GuaranteeId, situations_max: usize) -> f64 {
    let options = Options {
        opened_on: NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date"),
        days: 150,
        times: vec![NaiveTime::from_hms_opt(10, 0, 0).expect("a time")],
        assume: Vec::new(),
        situations_max,
    };
    let before = resident();
    let begun = Stopwatch::now();
    let found = explore(machine, &[Goal::Holds(id)], &options);
    let took = begun.elapsed().as_secs_f64() * 1e3;
    assert!(found.goals[0].broken.is_none(), "it is seen broken");
    let extent = match found.extent {
        Extent::Budget => ", and there are more",
        Extent::Days | Extent::Whole => "",
    };
    println!(
        "  by days, one date        {took:>10.1} ms  {} situations{extent}, {}; at most {:?} days",
        found.situations,
        memory(before),
        found.goals[0].most_days()
    );
    took
}

/// How much more memory is held than before.
fn memory(before: Option<usize>) -> String {
    match (before, resident()) {
        (Some(before), Some(now)) => {
            format!("{:.1} MB more", now.saturating_sub(before) as f64 / 1e6)
        }
        _ => "the system does not say how much memory".to_owned(),
    }
}

/// The most bytes of memory that this process has held so far; nothing where the system has no
/// `/proc`.
fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|it| it.starts_with("VmHWM:"))?;
    let kilobytes: usize = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
