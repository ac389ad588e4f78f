//! Starts the `protocol` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::process().into()
}
