//! The words of `protocol schema`.

use std::path::PathBuf;

use clap::{Args as Words, ValueHint};

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
