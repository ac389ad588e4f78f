//! What is said of the guarantees of a protocol against what following its cases shows.

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use analysis::{Because, Outcome, Proved, Undecided, Verdict};
use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::text::SourceSet;

use super::{Followed, Looks, Made, Tally, followed, made, replayed};

/// What says something of a guarantee.
pub(crate) type Prove = dyn Fn(&Machine, GuaranteeId) -> Verdict + Sync;

/// Loads a made protocol, or says what is wrong with it.
pub(crate) fn machine_of(text: &str) -> Result<Machine, String> {
    let file = ("protocol.toml".to_owned(), text.as_bytes().to_vec());
    let own = SourceSet::new("", [file]);
    // Every set of holidays that ships lies in the protocols.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = engine::syntax::shipped_wanted(&own).into_iter().filter_map(|path| {
        let inside = path.trim_start_matches("shipped:");
        Some((path.clone(), std::fs::read(here.join("../protocols").join(inside)).ok()?))
    });
    let shipped: Vec<_> = shipped.collect();
    let (machine, faults) = engine::load(&own.with(shipped));
    let said = || faults.iter().map(|it| format!("{}: {}", it.code.name, it.message));
    machine.ok_or_else(|| said().collect::<Vec<_>>().join("\n"))
}

/// Compares so many seeds from a first one on; every core takes the next one.
pub(crate) fn compare_all(first: u64, n: u64, prove: &Prove, looks: fn(&Made) -> Looks) -> Tally {
    let next = AtomicU64::new(0);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= n {
                return tally;
            }
            tally.add(compare(first.saturating_add(place), prove, looks));
        }
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut all = Tally::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            match worker.join() {
                Ok(tally) => all.add(tally),
                Err(_) => all.wrong.push("a comparison panicked".to_owned()),
            }
        }
    });
    all.wrong.sort_unstable();
    all
}

/// Compares one seed.
pub(crate) fn compare(seed: u64, prove: &Prove, looks: fn(&Made) -> Looks) -> Tally {
    let made = made(seed);
    let mut tally = Tally { protocols: 1, ..Tally::default() };
    let machine = match machine_of(&made.whole()) {
        Ok(machine) => machine,
        Err(said) => {
            tally.wrong.push(format!("seed {seed}: the protocol has faults: {said}"));
            return tally;
        }
    };
    let seen = followed(&machine, &looks(&made));
    for (place, seen) in seen.iter().enumerate() {
        let id = GuaranteeId::at(place);
        let verdict = prove(&machine, id);
        if let Err(said) = judge(&machine, id, &verdict, seen, &mut tally) {
            tally.wrong.push(format!("seed {seed}, g{place}: {said}"));
        }
    }
    tally
}

/// What is wrong with a verdict. What it says besides is counted.
fn judge(
    machine: &Machine,
    id: GuaranteeId,
    verdict: &Verdict,
    seen: &Followed,
    tally: &mut Tally,
) -> Result<(), String> {
    let assumed = &machine.protocol.guarantees[id.index()].assume;
    if verdict.assumed != *assumed {
        return Err(format!("assumes {:?} for {assumed:?}", verdict.assumed));
    }
    match &verdict.outcome {
        Outcome::Proved(proved) => {
            tally.proved += 1;
            tally.vacuous += usize::from(proved.vacuous);
            is_proved(proved, seen, tally)
        }
        Outcome::Refuted(course) => {
            tally.refuted += 1;
            replayed(machine, id, course).map_err(|said| format!("refuted, but {said}"))
        }
        Outcome::Impossible(_) => Err("a guarantee of the protocol has a course".to_owned()),
        Outcome::Undecided(undecided) => {
            let why: Vec<String> = undecided.because.iter().map(named).collect();
            *tally.undecided.entry(why.join(", ")).or_default() += 1;
            tally.undecided_broken += usize::from(seen.broken.is_some());
            is_undecided(undecided, seen)
        }
    }
}

fn is_proved(proved: &Proved, seen: &Followed, tally: &mut Tally) -> Result<(), String> {
    if let Some(course) = &seen.broken {
        return Err(format!("proved, but broken at {:?} after {:?}", course.at, course.events));
    }
    if proved.vacuous && seen.most_days.is_some() {
        return Err(format!("vacuous, but it took {:?} days", seen.most_days));
    }
    let (Some(most), Some(took)) = (proved.most_days, seen.most_days) else { return Ok(()) };
    if most < took {
        return Err(format!("at most {most} days, but it took {took}"));
    }
    tally.with_days += 1;
    tally.exact += usize::from(most == took);
    tally.excess_days += u64::from(most - took);
    Ok(())
}

fn is_undecided(undecided: &Undecided, seen: &Followed) -> Result<(), String> {
    let (at_most, at_least) = (undecided.at_most_days, undecided.at_least_days);
    if let (Some(at_most), Some(took)) = (at_most, seen.most_days)
        && at_most < took
    {
        return Err(format!("undecided, at most {at_most} days, but it took {took}"));
    }
    match (at_most, at_least) {
        (Some(at_most), Some(at_least)) if at_least > at_most => {
            Err(format!("at least {at_least} and at most {at_most} days"))
        }
        _ if undecided.because.is_empty() => Err("undecided for no reason".to_owned()),
        _ => Ok(()),
    }
}

/// A reason why nothing was shown, in a few words.
pub(crate) fn named(because: &Because) -> String {
    match because {
        Because::Condition(_) => "a condition",
        Because::PauseWithoutLimit(_) => "a pause without a limit",
        Because::DateSet(_) => "a date",
        Because::NoDates => "no dates",
        Because::Budget(_) => "the budget",
        Because::Time => "the time",
        Because::OtherCases => "other cases",
        Because::Grid(_) => "a grid",
        Because::Entries(_) => "entries",
        Because::Lengthens(_) => "an extension that may not lengthen",
        Because::NotSeenMet(_) => "a deadline that was not seen met",
        Because::NotSeenMissed(_) => "a deadline that was not seen missed",
    }
    .to_owned()
}
