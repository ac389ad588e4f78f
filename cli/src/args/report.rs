//! The words of `protocol report`.

use clap::{Args as Words, ValueEnum, ValueHint};

use crate::args::RegisterWords;

#[derive(Words)]
pub(crate) struct Report {
    /// The id of the protocol; may be left out where the store has one only.
    #[arg(value_hint = ValueHint::Other)]
    pub protocol: Option<String>,
    /// What had been recorded by then counts, and nothing that became known later; a date means its
    /// end. Now, where it is not said.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other)]
    pub as_of: Option<String>,
    /// The first date of the period; from the beginning, where it is not said.
    #[arg(long, value_name = "DATE", value_hint = ValueHint::Other)]
    pub from: Option<String>,
    /// The last date of the period; the date of --as-of, where it is not said.
    #[arg(long, value_name = "DATE", value_hint = ValueHint::Other)]
    pub to: Option<String>,
    /// Only cases that have this in a choice field, or as `severity`, `channel`, `intake` or `version`:
    /// a return of one entity of several.
    #[arg(long, value_name = "NAME=VALUE", value_hint = ValueHint::Other)]
    pub only: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub format: ReportFormat,
    #[command(flatten)]
    pub of: RegisterWords,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Text to read.
    Human,
    /// One JSON object.
    Json,
    /// Comma-separated values, a line for each figure.
    Csv,
}
