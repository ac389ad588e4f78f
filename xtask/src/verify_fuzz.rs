//! `cargo xtask verify-fuzz`: what is proved of many random protocols, against what is seen when
//! their cases are followed day by day.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::ci::steps::{self, Outcome};
use crate::{output, tree};

/// Every fault that can be seeded in the protocols that ship: a test for each of these.
const SEEDED: &str = "seeded::tests::faults_of_";

/// Which protocols are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerifyFuzz {
    /// The seed of the first.
    pub(crate) seed: u64,
    /// How many.
    pub(crate) seeds: u64,
    /// Whether cases are followed from more dates and looked at more often a day than in every run of the tests: that
    /// takes many times as long.
    pub(crate) closely: bool,
}

/// How many protocols a round has: what it found is said after each.
const ROUND: u64 = 1_000;

/// The one test that compares.
const TEST: &str = "verified::agree::nothing_that_is_proved_is_ever_seen_to_be_broken";

/// Which tests they are among: built as for every other run, in which the engine and the proofs are optimised,
/// and what must not overflow is watched.
const BUILT: [&str; 5] = ["test", "-p", "tests", "--lib", "--"];

/// Runs some tests of the crate `tests` that have much to calculate. Answers what they said, and whether
/// so many of them passed.
///
/// # Errors
///
/// Cargo cannot be started.
pub(crate) fn tested(
    root: &Path,
    words: &[&str],
    variables: &[(&str, &str)],
    n_tests: usize,
) -> Result<Outcome> {
    let words = [&BUILT[..], &["--nocapture"], words].concat();
    let ran = steps::cargo(root, &words, variables)?;
    // A test that was not found would pass as well.
    let passed = format!("test result: ok. {n_tests} passed");
    let passed = ran.passed && ran.output.contains(&passed);
    Ok(Outcome { passed, ..ran })
}

/// Reads the words after `verify-fuzz`.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn read(words: &[&str]) -> Result<VerifyFuzz, String> {
    let mut fuzz = VerifyFuzz { seed: 0, seeds: 10_000, closely: false };
    let wrong = || "say `verify-fuzz [--seeds N] [--seed FIRST] [--closely]`".to_owned();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|it| it.parse().ok());
        match *word {
            "--seeds" => fuzz.seeds = number().filter(|it| *it > 0).ok_or_else(wrong)?,
            "--seed" => fuzz.seed = number().ok_or_else(wrong)?,
            "--closely" => fuzz.closely = true,
            _ => return Err(wrong()),
        }
    }
    Ok(fuzz)
}

/// Compares round after round, until all were or something is wrong. Answers whether nothing was.
///
/// # Errors
///
/// Cargo cannot be started.
pub(crate) fn run(fuzz: VerifyFuzz) -> Result<bool> {
    let root = tree::root()?;
    let mut done = 0;
    while done < fuzz.seeds {
        let (seed, n) = (fuzz.seed.saturating_add(done), ROUND.min(fuzz.seeds - done));
        let (first, many) = (seed.to_string(), n.to_string());
        let mut variables = vec![("VERIFIED_SEED", first.as_str()), ("VERIFIED", &many)];
        variables.extend(fuzz.closely.then_some(("VERIFIED_CLOSELY", "1")));
        let ran = tested(&root, &["--exact", TEST], &variables, 1)?;
        if !ran.passed {
            output::say(&ran.output)?;
            return Ok(false);
        }
        done += n;
        let figures = ran.output.lines().filter(|it| {
            ["protocols, ", "undecided because", "number of days"].iter().any(|of| it.contains(of))
        });
        let figures: Vec<&str> = figures.collect();
        output::say(&format!("seeds {seed} to {}\n{}", seed + n - 1, figures.join("\n")))?;
    }
    Ok(true)
}

/// Looks at every fault that can be seeded in the protocols that ship, and compares what becomes of their
/// guarantees with the lists. `update` writes these. Answers whether nothing was wrong.
///
/// # Errors
///
/// Cargo cannot be started, or `protocols/` cannot be read.
pub(crate) fn seeded_faults(update: bool) -> Result<bool> {
    let root = tree::root()?;
    let variables = [("SEEDED", if update { "write" } else { "all" })];
    let folders = fs::read_dir(root.join("protocols"))?.collect::<Result<Vec<_>, _>>()?;
    let n_protocols = folders.iter().filter(|it| it.path().join("protocol.toml").exists()).count();
    // One after the other: each uses every core.
    let ran = tested(&root, &["--test-threads=1", SEEDED], &variables, n_protocols)?;
    if !ran.passed {
        output::say(&ran.output)?;
        return Ok(false);
    }
    let is_figure = |it: &&str| [" faults: ", ": seen broken "].iter().any(|of| it.contains(of));
    let figures = ran.output.lines().filter(is_figure);
    output::say(&figures.collect::<Vec<_>>().join("\n"))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{VerifyFuzz, read};

    #[test]
    fn words_say_how_many_and_from_where_and_how_closely() {
        assert_eq!(read(&[]), Ok(VerifyFuzz { seed: 0, seeds: 10_000, closely: false }));
        let some = VerifyFuzz { seed: 7, seeds: 20, closely: false };
        assert_eq!(read(&["--seeds", "20", "--seed", "7"]), Ok(some));
        let close = VerifyFuzz { closely: true, ..some };
        for words in [
            ["--seeds", "20", "--seed", "7", "--closely"],
            ["--seed", "7", "--closely", "--seeds", "20"],
        ] {
            assert_eq!(read(&words), Ok(close));
        }
        for wrong in [
            &["--seeds"][..],
            &["--seeds", "x"],
            &["--seeds", "0"],
            &["--seeds", "--closely"],
            &["--closely", "1"],
            &["--fast"],
            &["7"],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
