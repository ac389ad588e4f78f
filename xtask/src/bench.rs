//! `cargo xtask bench`: every figure of speed and size beside its baseline.

use std::process::Command;

use anyhow::{Context, Result};

use crate::tree;

/// The command itself is measured too, so it is built first; then all benchmarks run in turn.
const STEPS: [&[&str]; 2] = [
    &["build", "--quiet", "--release", "-p", "cli"],
    &["bench", "--quiet", "-p", "tests", "--bench", "speed", "--bench", "growth"],
];

/// Runs the benchmarks; their figures go to the terminal as they come. Answers whether all ran.
///
/// # Errors
///
/// Cargo cannot be started.
pub(crate) fn run() -> Result<bool> {
    let root = tree::root()?;
    for words in STEPS {
        let mut command = Command::new("cargo");
        command.args(words).current_dir(&root);
        if !command.status().context("cargo cannot be started")?.success() {
            return Ok(false);
        }
    }
    Ok(true)
}
