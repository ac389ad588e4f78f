//! The words of `protocol fmt`.

use std::path::PathBuf;

use clap::{Args as Words, ValueHint};

const CODES: &str = "Exit codes: 0 every file is laid out, 1 one cannot be read, or is not laid out \
                     with --check, 2 a file or folder cannot be opened or written, 70 a fault of \
                     Redress, 130 interrupted.";

/// Lays out the TOML files of protocols and their scenarios; comments, order and values stay.
#[derive(Words)]
#[command(after_help = CODES)]
pub(crate) struct Fmt {
    /// Folders that hold protocols, at any depth, or single files.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Names the files that are not laid out, and writes nothing.
    #[arg(long)]
    pub check: bool,
}
