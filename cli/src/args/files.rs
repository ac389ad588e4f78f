//! The words of `protocol fmt` and `protocol schema`.

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

/// Writes the JSON Schema of protocols, for editors and other programs.
#[derive(Words)]
pub(crate) struct Schema {
    /// For scenarios instead.
    #[arg(long, conflicts_with = "calendar")]
    pub scenario: bool,
    /// For sets of holidays instead: the files of a folder `calendars`.
    #[arg(long)]
    pub calendar: bool,
    /// The file to write, in place of what is there.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}
