//! The engine and the referee agree on every history.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{RoleId, StopId};
use engine::runtime::record;

use super::generate::next;
use super::world::{History, PROTOCOLS, World, machine};
use super::written::write;
use crate::canonical::KINDS;
use crate::random::{Random, seed_from};

/// How many histories each protocol gets: together 10,000.
pub(crate) const HISTORIES: usize = 1_000;
/// The longest history.
const STEPS_MAX: usize = 16;

/// Plays a written history; the step that differs and how.
pub(crate) fn replay(machine: &Machine, history: &History) -> Result<(), (usize, String)> {
    let mut world = World::new(machine, &history.absent);
    for (number, step) in history.steps.iter().enumerate() {
        world.play(step).map_err(|how| (number, how))?;
    }
    Ok(())
}

/// Makes a history step by step while it is played.
fn random_history(machine: &Machine, random: &mut Random) -> Result<History, History> {
    let roles = &machine.protocol.roles;
    let absent: Vec<RoleId> =
        (0..roles.len()).filter(|_| random.one_in(8)).map(RoleId::at).collect();
    let mut history = History { absent, steps: Vec::new() };
    let mut world = World::new(machine, &history.absent);
    let n_steps = 2 + random.below(STEPS_MAX - 2);
    for number in 0..n_steps {
        let step = next(&world, random, number);
        history.steps.push(step.clone());
        if world.play(&step).is_err() {
            return Err(history);
        }
        if !world.is_open() {
            break;
        }
    }
    Ok(history)
}

/// Leaves out what is not needed for a difference.
fn shrink(machine: &Machine, mut history: History) -> History {
    if let Err((number, _)) = replay(machine, &history) {
        history.steps.truncate(number + 1);
    }
    let mut place = 0;
    while place < history.steps.len() {
        let mut shorter = history.clone();
        shorter.steps.remove(place);
        if replay(machine, &shorter).is_err() {
            history = shorter;
        } else {
            place += 1;
        }
    }
    history
}

/// How many histories a test looks at: what `HISTORIES` says, else its own number.
pub(crate) fn n_histories(otherwise: usize) -> usize {
    let said = seed_from("HISTORIES", u64::try_from(otherwise).unwrap());
    usize::try_from(said).unwrap()
}

/// The seed of the first history of a protocol, and those of the others.
fn seeds(protocol: &str) -> impl Iterator<Item = u64> + use<> {
    let place = PROTOCOLS.iter().position(|it| *it == protocol).unwrap();
    let first = seed_from("HISTORIES_SEED", 1) + 1_000_000 * u64::try_from(place).unwrap();
    (0..).map(move |number| first + number * 7_919)
}

/// Random histories of a protocol, the same as those on which the two sides agree.
pub(crate) fn histories<'m>(
    protocol: &str,
    machine: &'m Machine,
) -> impl Iterator<Item = History> + use<'m> {
    seeds(protocol).map(|seed| match random_history(machine, &mut Random::new(seed)) {
        Ok(history) | Err(history) => history,
    })
}

#[track_caller]
fn check(protocol: &str) {
    let machine = machine(protocol);
    for (seed, number) in seeds(protocol).take(n_histories(HISTORIES)).zip(0..) {
        if let Err(history) = random_history(&machine, &mut Random::new(seed)) {
            let history = shrink(&machine, history);
            let (_, how) = replay(&machine, &history).unwrap_err();
            let text = write(&machine, protocol, &history);
            panic!("history {number}, seed {seed}\n{text}\n{how}");
        }
    }
}

#[test]
fn they_agree_on_the_life_of_a_stop() {
    let whole = machine("small-business");
    let machine = whole.stop(StopId(0)).unwrap();
    for seed in 0..u64::try_from(n_histories(HISTORIES)).unwrap() {
        if let Err(history) = random_history(machine, &mut Random::new(seed)) {
            let history = shrink(machine, history);
            let (_, how) = replay(machine, &history).unwrap_err();
            panic!("seed {seed}\n{}\n{how}", write(machine, "a stop", &history));
        }
    }
}

#[test]
fn they_agree_on_pauses() {
    check("pauses");
}

#[test]
fn they_agree_on_extensions() {
    check("extensions");
}

#[test]
fn they_agree_on_duties_that_come_back() {
    check("recurring");
}

#[test]
fn they_agree_on_the_ladder() {
    check("ladder");
}

#[test]
fn they_agree_on_deadlines_with_conditions_and_dates() {
    check("conditions");
}

#[test]
fn they_agree_on_chains_of_clocks() {
    check("chains");
}

#[test]
fn they_agree_on_entries_and_their_clocks() {
    check("entries");
}

#[test]
fn they_agree_on_a_small_business() {
    check("small-business");
}

#[test]
fn they_agree_on_the_housing_code() {
    check("uk-housing-code");
}

#[test]
fn they_agree_on_a_financial_firm() {
    check("uk-fca-disp");
}

#[test]
fn they_agree_on_what_is_taken_in() {
    check("taken_in");
}

#[test]
fn they_agree_on_a_public_body() {
    check("nl-awb");
}

/// Refusals that random histories meet; the rest are names of conditions and deadlines.
const REFUSALS: [&str; 16] = [
    "backdate",
    "channel",
    "data",
    "effective",
    "entry",
    "few",
    "future",
    "intake",
    "last-rung",
    "letter",
    "merged",
    "person",
    "reason",
    "role",
    "stage",
    "table",
];

#[test]
fn the_histories_show_every_kind_of_fact_and_of_refusal() {
    // What a correction writes is shown where everything is recorded late.
    let late = ["withdrawn", "corrected", "inserted-before", "set-aside"].map(str::to_owned);
    // What an amendment of a calendar writes, `traps::calendar_change` and `records::amended` show.
    let amended = ["calendars-amended", "deadline-moved", "timer-moved"].map(str::to_owned);
    // What guarantees say, `guaranteed` shows.
    let guarantees = ["guarantee-begun", "guarantee-broken", "guarantee-kept"].map(str::to_owned);
    let mut kinds: BTreeSet<String> = late.into_iter().chain(amended).chain(guarantees).collect();
    let mut refusals = BTreeSet::new();
    for protocol in PROTOCOLS {
        let machine = machine(protocol);
        for history in histories(protocol, &machine).take(200) {
            let mut world = World::new(&machine, &history.absent);
            for step in &history.steps {
                refusals.extend(world.go(step));
            }
            for fact in &world.facts {
                let entries = record(&machine, &world.strings, fact).entries;
                kinds.extend(entries.into_iter().find(|it| it.0 == "kind").and_then(|it| it.1));
            }
        }
    }
    let wanted: BTreeSet<String> = KINDS.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(kinds, wanted);
    for refusal in REFUSALS {
        assert!(refusals.contains(refusal), "no history is refused as {refusal}: {refusals:?}");
    }
}
