//! `cargo xtask faults`: the tests of faults again and again, with one seed after the other.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::ci::steps;
use crate::{output, tree};

/// What is tried, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Faults {
    /// No round begins after so many minutes.
    pub(crate) minutes: u64,
    /// The seed of the first round; each round has the next one.
    pub(crate) seed: u64,
    /// The tests that are left out, by a part of their names.
    pub(crate) skip: &'static [&'static str],
}

/// The tests that need no PostgreSQL, and those that need it.
const OF_SQLITE: &[&str] = &["sqlite", "trap_", "receivers::", "disk::"];
const OF_POSTGRES: &[&str] = &["postgres", "nodes::"];

/// Counts by test and name.
type Figures = BTreeMap<String, BTreeMap<String, u64>>;

/// Reads the words after `faults`.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn read(words: &[&str]) -> Result<Faults, String> {
    let mut faults = Faults { minutes: 1, seed: 1, skip: &[] };
    for pair in words.chunks(2) {
        let number = || pair.get(1).and_then(|it| it.parse().ok());
        let wrong = || "say `faults --minutes N [--seed S] [--only sqlite|postgres]`".to_owned();
        match pair {
            ["--minutes", _] => faults.minutes = number().ok_or_else(wrong)?,
            ["--seed", _] => faults.seed = number().ok_or_else(wrong)?,
            ["--only", "sqlite"] => faults.skip = OF_POSTGRES,
            ["--only", "postgres"] => faults.skip = OF_SQLITE,
            _ => return Err(wrong()),
        }
    }
    Ok(faults)
}

/// Runs rounds until the time is over or something does not hold. Answers whether all held.
///
/// # Errors
///
/// Cargo cannot be started, or the figures cannot be read.
pub(crate) fn run(faults: Faults) -> Result<bool> {
    let root = tree::root()?;
    let file = std::env::temp_dir().join(format!("redress-faults-{}", std::process::id()));
    let (begun, mut sums, mut n_rounds) = (Instant::now(), Figures::new(), 0);
    let mut broken = None;
    while n_rounds == 0 || begun.elapsed() < Duration::from_secs(faults.minutes * 60) {
        let seed = faults.seed.saturating_add(n_rounds);
        let failed = round(&root, faults, seed, &file)?;
        let figures = fs::read_to_string(&file).unwrap_or_default();
        // It may not be there: a round that ends early counts nothing.
        let _ = fs::remove_file(&file);
        figures.lines().for_each(|line| add(&mut sums, line));
        n_rounds += 1;
        if let Some(said) = failed {
            broken = Some((seed, said));
            break;
        }
        output::say(&format!("seed {seed}: all held, {} s", begun.elapsed().as_secs()))?;
    }
    let n_violations = u64::from(broken.is_some());
    output::say(&format!("\n{}\nrounds {n_rounds}, violations {n_violations}", table(&sums)))?;
    if let Some((seed, said)) = broken {
        output::say(&format!("{said}\nagain: cargo xtask faults --minutes 1 --seed {seed}"))?;
        return Ok(false);
    }
    Ok(true)
}

/// One round; what was said where something does not hold.
fn round(root: &Path, faults: Faults, seed: u64, file: &Path) -> Result<Option<String>> {
    let mut words = vec!["test", "--quiet", "-p", "cli", "--test", "faults", "--"];
    faults.skip.iter().for_each(|it| words.extend(["--skip", *it]));
    let (seed, file) = (seed.to_string(), file.to_string_lossy().into_owned());
    // Where there is no PostgreSQL that must show: nobody would read that half was left out.
    let variables = [("FAULTS_SEED", seed.as_str()), ("FAULTS_FIGURES", &file), ("CI", "true")];
    let ran = steps::program(root, "cargo", &words, &variables)?;
    // The shared database server is used by nobody else; what a failed test leaves ends by itself.
    Ok((!ran.passed).then_some(ran.output))
}

/// Adds a line such as `kills-sqlite kills=20 timers=31`.
fn add(sums: &mut Figures, line: &str) {
    let mut words = line.split(' ');
    let of_test = sums.entry(words.next().unwrap_or_default().to_owned()).or_default();
    for (name, n) in words.filter_map(|it| it.split_once('=')) {
        let sum = of_test.entry(name.to_owned()).or_default();
        *sum = sum.saturating_add(n.parse().unwrap_or(0));
    }
}

/// The sums: a row for each test, a column for each name.
fn table(sums: &Figures) -> String {
    let mut names: Vec<&str> = sums.values().flat_map(|it| it.keys()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let mut text = format!("{:<16}", "");
    // Writing to a text cannot fail.
    for name in &names {
        let _ = write!(text, " {name:>15}");
    }
    for (test, figures) in sums {
        let _ = write!(text, "\n{test:<16}");
        for name in &names {
            let n = figures.get(*name).map_or("-".to_owned(), u64::to_string);
            let _ = write!(text, " {n:>15}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_how_long_and_what() {
        let all = Faults { minutes: 5, seed: 7, skip: OF_POSTGRES };
        assert_eq!(read(&["--minutes", "5", "--only", "sqlite", "--seed", "7"]), Ok(all));
        for wrong in [&["--minutes"][..], &["--minutes", "x"], &["--only", "oracle"], &["5"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn figures_are_added_up() {
        let mut sums = Figures::new();
        add(&mut sums, "kills-sqlite kills=20 timers=3");
        add(&mut sums, "kills-sqlite kills=20 timers=4");
        add(&mut sums, "e1 kills=5");
        let table = table(&sums);
        let rows: Vec<Vec<&str>> =
            table.lines().map(|it| it.split_whitespace().collect()).collect();
        assert_eq!(
            rows,
            [vec!["kills", "timers"], vec!["e1", "5", "-"], vec!["kills-sqlite", "40", "7"]]
        );
    }
}
