//! The Python tools that `cargo xtask setup` installs, and what is said where they are missing.

use crate::folder::repository;
use std::path::PathBuf;
use std::process::Command;

/// A program of the tools; nothing where they are missing, which is an error where `CI` is `true`.
pub(crate) fn tool(name: &str) -> Option<Command> {
    let program: PathBuf = repository("target/python/bin").join(name);
    if program.exists() {
        return Some(Command::new(program));
    }
    not_run("no Python tools are installed; `cargo xtask setup` installs them");
    None
}

/// Says that the test of this thread was not run.
pub(crate) fn not_run(why: &str) {
    store::postgres::test_cluster::not_run(&anyhow::anyhow!("{why}"));
}
