//! Starts the `protocol` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Each event allocates some hundred small pieces, and a quarter of its time went there.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::process().into()
}
