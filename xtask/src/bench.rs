//! `cargo xtask bench`: every figure of speed and size beside its baseline.

use std::process::Command;

use anyhow::{Context, Result};

use crate::tree;

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// The engine and the command.
    Engine,
    /// The server beside its baselines; the words go to the benchmark.
    Server(Vec<String>),
}

/// Runs the benchmarks; their figures go to the terminal as they come. Answers whether all ran.
///
/// The command itself is measured too, so it is built first.
///
/// # Errors
///
/// Cargo cannot be started.
pub(crate) fn run(bench: &Bench) -> Result<bool> {
    match bench {
        Bench::Engine => Ok(cargo(&["build", "--quiet", "--release", "-p", "cli"])?
            && cargo(&words_of(&["speed", "growth", "proofs", "stress"]))?),
        Bench::Server(words) => {
            // Both at once, so that what they share is built once.
            let built = ["build", "--release", "-p", "cli", "-p", "tests"];
            let built = [&built[..], &["--bin", "protocol", "--bench", "server"]].concat();
            let words = words.iter().map(String::as_str);
            let run: Vec<&str> =
                words_of(&["server"]).into_iter().chain(["--"]).chain(words).collect();
            Ok(cargo(&built)? && cargo(&run)?)
        }
    }
}

fn words_of<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let names = names.iter().flat_map(|it| ["--bench", it]);
    ["bench", "--quiet", "-p", "tests"].into_iter().chain(names).collect()
}

fn cargo(words: &[&str]) -> Result<bool> {
    let mut command = Command::new("cargo");
    command.args(words).current_dir(tree::root()?);
    Ok(command.status().context("cargo cannot be started")?.success())
}
