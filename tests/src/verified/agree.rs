//! What holds of every random protocol.

use std::collections::BTreeMap;

use analysis::{Asked, Options, Verdict, prove};
use engine::machine::Machine;
use engine::model::GuaranteeId;

use super::compare::machine_of;
use super::{Looks, compare_all, made};
use crate::random::seed_from;

/// How many protocols are compared where `VERIFIED` says nothing: each takes a fifth of a second.
/// `cargo xtask verify-fuzz` compares more, and with `--closely` more closely.
const PROTOCOLS: u64 = 500;
/// Less than half of the guarantees may stay undecided.
const UNDECIDED_PERCENT_MAX: usize = 50;

fn proved(machine: &Machine, id: GuaranteeId) -> Verdict {
    prove(machine, Asked::Own(id), &Options::new(machine))
}

/// Never once a false proof, never a refutation that the engine does not confirm.
#[test]
#[expect(clippy::print_stdout, reason = "how much is proved is a figure people ask for")]
fn nothing_that_is_proved_is_ever_seen_to_be_broken() {
    let (first, n) = (seed_from("VERIFIED_SEED", 0), seed_from("VERIFIED", PROTOCOLS));
    let is_close = std::env::var_os("VERIFIED_CLOSELY").is_some();
    let looks = if is_close { Looks::many } else { Looks::few };
    let tally = compare_all(first, n, &proved, looks);
    println!("{tally}");
    assert!(tally.wrong.is_empty(), "{} wrong:\n{}", tally.wrong.len(), tally.wrong.join("\n"));
    let n_undecided: usize = tally.undecided.values().sum();
    assert!(n_undecided * 100 <= tally.guarantees() * UNDECIDED_PERCENT_MAX, "{tally}");
}

#[test]
fn every_made_protocol_has_no_error() {
    let mut wrong: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for seed in 0..seed_from("VERIFIED", PROTOCOLS) {
        if let Err(said) = machine_of(&made(seed).whole()) {
            wrong.entry(said).or_default().push(seed);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_shape_of_guarantee_is_made_often() {
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..500 {
        for guarantee in made(seed).guarantees {
            let keys = guarantee.lines().filter_map(|it| it.split_once(" = "));
            let keys = keys.map(|(key, _)| key).filter(|it| !["id", "says", "unless"].contains(it));
            *shapes.entry(keys.collect::<Vec<_>>().join(" ")).or_default() += 1;
        }
    }
    assert!(shapes.len() >= 8, "{shapes:?}");
    assert!(shapes.values().all(|n| *n >= 20), "{shapes:?}");
}
