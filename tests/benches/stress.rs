//! What proofs cost where protocols are hard: random ones with four, six and eight deadlines, without pauses and with
//! them. Run with `cargo bench -p tests --bench stress`; without `--bench` it looks at little, so
//! that it is soon over.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark may stop")]

use std::time::Instant as Stopwatch;

use analysis::{Asked, Options, Outcome, prove};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use tests::stress::{Hard, cost, machine, made};

/// How many protocols there are of each kind.
const SEEDS: u64 = 16;
/// How many situations of each are looked at in a short run.
const FEW: usize = 300;

fn main() {
    let short = !std::env::args().any(|argument| argument == "--bench");
    let (seeds, sizes) = if short { (1, &[4][..]) } else { (SEEDS, &[4, 6, 8][..]) };
    let most = if short { FEW } else { situations_max() };
    println!(
        "{seeds} seeds each, {most} situations at most; seconds of one processor, median and most"
    );
    for has_pauses in [false, true] {
        for n_deadlines in sizes {
            let hard = Hard { n_deadlines: *n_deadlines, has_pauses };
            println!("{}", line(hard, seeds, most));
        }
    }
}

/// How many situations are looked at where nobody says otherwise.
fn situations_max() -> usize {
    Options::new(&loaded(0, Hard { n_deadlines: 4, has_pauses: false })).situations
}

fn loaded(seed: u64, hard: Hard) -> Machine {
    machine(made(seed, hard)).unwrap_or_else(|said| panic!("seed {seed}: {said}"))
}

/// What the protocols of one kind cost.
fn line(hard: Hard, seeds: u64, most: usize) -> String {
    let (mut looks, mut situations, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    let mut n_cut_off = 0;
    let [mut n_proved, mut n_refuted, mut n_undecided] = [0; 3];
    for seed in 0..seeds {
        let machine = loaded(seed, hard);
        let (looked, took) = timed(|| cost(&machine, most));
        let looked = looked.expect("the calendar knows these years");
        looks.push(took);
        situations.push(looked.situations);
        n_cut_off += usize::from(looked.is_cut_off);
        let options = Options { situations: most, ..Options::new(&machine) };
        let (verdict, took) = timed(|| prove(&machine, Asked::Own(GuaranteeId::at(0)), &options));
        verdicts.push(took);
        match verdict.outcome {
            Outcome::Proved(_) => n_proved += 1,
            Outcome::Refuted(_) | Outcome::Impossible(_) => n_refuted += 1,
            Outcome::Undecided(_) => n_undecided += 1,
        }
    }
    situations.sort_unstable();
    let [look, look_most] = middle_and_last(looks);
    let [verdict, verdict_most] = middle_and_last(verdicts);
    let pauses = if hard.has_pauses { "with pauses" } else { "no pauses" };
    format!(
        "{} deadlines, {pauses:<11}  everything {look:>7.2} s {look_most:>7.2} s  {:>6} {:>6} situations, {n_cut_off} had more  \
         verdict {verdict:>7.2} s {verdict_most:>7.2} s  {n_proved} proved, {n_refuted} refuted, {n_undecided} undecided",
        hard.n_deadlines,
        situations[situations.len() / 2],
        situations[situations.len() - 1],
    )
}

/// Seconds of one processor that something takes, whatever else the machine does; where the system
/// does not say, seconds of the clock.
fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let (before, begun) = (on_processor(), Stopwatch::now());
    let done = what();
    let took = begun.elapsed().as_secs_f64();
    let busy = on_processor().zip(before).map(|(after, before)| (after - before) as f64 / 1e9);
    (done, busy.unwrap_or(took))
}

/// For how many nanoseconds this thread has been on a processor.
fn on_processor() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The one in the middle and the last in order of some times.
fn middle_and_last(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_unstable_by(f64::total_cmp);
    [times[times.len() / 2], times[times.len() - 1]]
}
