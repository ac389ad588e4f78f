//! `cargo xtask verify-fuzz`: what is proved of many random protocols, against what is seen when
//! their cases are followed closely.

use anyhow::Result;

use crate::ci::steps;
use crate::{output, tree};

/// Which protocols are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerifyFuzz {
    /// The seed of the first.
    pub(crate) seed: u64,
    /// How many.
    pub(crate) seeds: u64,
}

/// How many protocols a round has: what it found is said after each.
const ROUND: u64 = 1_000;

/// The one test that compares.
const TEST: &str = "verified::agree::nothing_that_is_proved_is_ever_seen_to_be_broken";

/// Reads the words after `verify-fuzz`.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn read(words: &[&str]) -> Result<VerifyFuzz, String> {
    let mut fuzz = VerifyFuzz { seed: 0, seeds: 10_000 };
    for pair in words.chunks(2) {
        let number = || pair.get(1).and_then(|it| it.parse().ok());
        let wrong = || "say `verify-fuzz [--seeds N] [--seed FIRST]`".to_owned();
        match pair {
            ["--seeds", _] => fuzz.seeds = number().filter(|it| *it > 0).ok_or_else(wrong)?,
            ["--seed", _] => fuzz.seed = number().ok_or_else(wrong)?,
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
        let words =
            ["test", "--release", "-p", "tests", "--lib", "--", "--nocapture", "--exact", TEST];
        let (first, many) = (seed.to_string(), n.to_string());
        let variables =
            [("VERIFIED_SEED", first.as_str()), ("VERIFIED", &many), ("VERIFIED_CLOSELY", "1")];
        let ran = steps::cargo(&root, &words, &variables)?;
        // A test that was not found would pass as well.
        if !ran.passed || !ran.output.contains("test result: ok. 1 passed") {
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

#[cfg(test)]
mod tests {
    use super::{VerifyFuzz, read};

    #[test]
    fn words_say_how_many_and_from_where() {
        assert_eq!(read(&[]), Ok(VerifyFuzz { seed: 0, seeds: 10_000 }));
        let some = VerifyFuzz { seed: 7, seeds: 20 };
        assert_eq!(read(&["--seeds", "20", "--seed", "7"]), Ok(some));
        for wrong in [&["--seeds"][..], &["--seeds", "x"], &["--seeds", "0"], &["--fast"], &["7"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
