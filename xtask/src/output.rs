//! What reaches the person, and the exit code.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};

/// Prints one or more lines.
///
/// # Errors
///
/// Standard output is closed.
pub(crate) fn say(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end()).context("standard output is closed")
}

/// Says what is wrong with the words that were typed: exit code 2.
pub(crate) fn usage(fault: &str) -> ExitCode {
    complain(&format!("error: {fault}\n\n{}", crate::args::HELP));
    ExitCode::from(2)
}

/// 0 when all is well, 1 when something was found, 2 when the work could not be done.
pub(crate) fn exit_code(done: Result<bool>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(fault) => {
            complain(&format!("error: {fault:#}"));
            ExitCode::from(2)
        }
    }
}

/// Says something that is not what was asked for.
pub(crate) fn complain(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let _closed = writeln!(std::io::stderr().lock(), "{text}");
}
