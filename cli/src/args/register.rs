//! The words of `protocol register`.

use std::path::PathBuf;

use clap::{Args as Words, Subcommand, ValueEnum, ValueHint};

use crate::args::StoreWords;

/// Takes the complaints register out of a store.
#[derive(Words)]
pub(crate) struct Register {
    #[command(subcommand)]
    pub command: RegisterCommand,
}

#[derive(Subcommand)]
pub(crate) enum RegisterCommand {
    /// Writes the register as CSV or as a workbook for Excel.
    Export(Export),
    /// Writes the columns that the register of a protocol has, and no row.
    Template(Template),
    /// Takes a register that was kept in a file into the store, as cases.
    Import(Import),
}

/// Whose register is meant.
#[derive(Words)]
pub(crate) struct RegisterWords {
    #[command(flatten)]
    pub store: StoreWords,
    /// The organisation whose cases are meant.
    #[arg(long, value_name = "NAME", default_value = "main", value_hint = ValueHint::Other)]
    pub tenant: String,
}

#[derive(Words)]
pub(crate) struct Export {
    /// The id of the protocol; its cases in all versions.
    #[arg(value_hint = ValueHint::Other)]
    pub protocol: String,
    /// The file to write, in place of what is there; its ending gives the format.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// How to write it; as the name of the output says, else as CSV.
    #[arg(long, value_enum)]
    pub format: Option<RegisterFormat>,
    /// The table that a CSV holds: `cases`, `deadlines`, `events`, `stops`, or a record. A workbook
    /// has all of them.
    #[arg(long, value_name = "TABLE", value_hint = ValueHint::Other)]
    pub table: Option<String>,
    /// As it truly was then, as far as is known now.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other, conflicts_with = "as_known_at")]
    pub as_of: Option<String>,
    /// As it was known then, whatever became known since: the same for ever.
    #[arg(long, value_name = "TIME", value_hint = ValueHint::Other)]
    pub as_known_at: Option<String>,
    /// Only cases received on this date or later.
    #[arg(long, value_name = "DATE", value_hint = ValueHint::Other)]
    pub from: Option<String>,
    /// Only cases received on this date or before.
    #[arg(long, value_name = "DATE", value_hint = ValueHint::Other)]
    pub to: Option<String>,
    /// With what this role reads, personal values included; may be given several times. Left out,
    /// with what everybody reads, and nothing personal.
    #[arg(long = "role", value_name = "ROLE", value_hint = ValueHint::Other)]
    pub roles: Vec<String>,
    #[command(flatten)]
    pub of: RegisterWords,
}

#[derive(Words)]
pub(crate) struct Template {
    /// The folder with the protocol.
    #[arg(value_hint = ValueHint::DirPath)]
    pub path: PathBuf,
    /// The file to write, in place of what is there; its ending gives the format.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// How to write it; as the name of the output says, else as CSV.
    #[arg(long, value_enum)]
    pub format: Option<RegisterFormat>,
    /// The table that a CSV holds; `cases`, if nothing is said. A workbook has all of them.
    #[arg(long, value_name = "TABLE", value_hint = ValueHint::Other)]
    pub table: Option<String>,
    /// With the columns that this role reads, personal values included; may be given several times.
    /// Left out, with those that everybody reads.
    #[arg(long = "role", value_name = "ROLE", value_hint = ValueHint::Other)]
    pub roles: Vec<String>,
}

#[derive(Words)]
pub(crate) struct Import {
    /// A workbook of Excel (`.xlsx`) or comma-separated values.
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The id of the protocol under which the cases are opened.
    #[arg(long, value_name = "PROTOCOL", value_hint = ValueHint::Other)]
    pub protocol: String,
    /// A TOML file that says what each column is: docs/REGISTER.md shows one. Without it, the file is
    /// a register that this program wrote.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub map: Option<PathBuf>,
    /// The sheet of a workbook; the first one, where neither this nor the map says.
    #[arg(long, value_name = "SHEET", value_hint = ValueHint::Other)]
    pub sheet: Option<String>,
    /// Says what would come in and what does not fit, and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub of: RegisterWords,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RegisterFormat {
    /// Comma-separated values, one table (`.csv`).
    Csv,
    /// A workbook with every table (`.xlsx`).
    Xlsx,
}
