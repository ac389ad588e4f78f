//! The words of `audit`, `erase` and `store`.

use std::path::PathBuf;

use clap::{Args as Words, Subcommand, ValueHint};

use crate::args::{AnswerFormat, StoreWords};

const OF_AUDIT: &str = "Exit codes: 0 nothing was changed, 1 something is not what was written, \
                        2 the store or an anchor cannot be read, 70 a fault of Redress, \
                        130 interrupted.";
const OF_ERASE: &str = "Exit codes: 0 nothing personal is left, or `--yes` would leave nothing, \
                        1 something stays, 2 there is nobody of that name or the store cannot be \
                        read, 70 a fault of Redress, 130 interrupted.";
const OF_STORE: &str = "Exit codes: 0 fine, 1 something in the store or the backup is wrong, \
                        2 could not run, 70 a fault of Redress, 130 interrupted.";

#[derive(Words)]
#[command(after_help = OF_AUDIT, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Audit {
    #[command(subcommand)]
    pub command: AuditCommand,
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Checks everything that is kept: every case, every page of the journals, every list.
    Verify(AuditVerify),
    /// Writes an anchor: the heads of all journals, to be kept outside the store.
    Anchor(AuditAnchor),
}

#[derive(Words)]
#[command(after_help = OF_AUDIT)]
pub(crate) struct AuditVerify {
    /// An anchor to check against; may be given several times.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub anchor: Vec<PathBuf>,
    /// How to write what was found.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human)]
    pub format: AnswerFormat,
    #[command(flatten)]
    pub store: StoreWords,
}

#[derive(Words)]
#[command(after_help = OF_AUDIT)]
pub(crate) struct AuditAnchor {
    /// The file to write, which must not be there yet; standard output where none is named.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreWords,
}

#[derive(Words)]
#[command(after_help = OF_ERASE)]
pub(crate) struct Erase {
    /// The person, as the id that cases have as their complainant; for a case of nobody who is
    /// known, its number.
    #[arg(value_name = "PERSON", value_hint = ValueHint::Other)]
    pub person: String,
    /// Erases what may go; without it nothing is changed.
    #[arg(long)]
    pub yes: bool,
    /// The organisation whose cases are meant.
    #[arg(long, value_name = "NAME", default_value = "main", value_hint = ValueHint::Other)]
    pub tenant: String,
    #[command(flatten)]
    pub store: StoreWords,
}

#[derive(Words)]
#[command(after_help = OF_STORE, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Store {
    #[command(subcommand)]
    pub command: StoreCommand,
}

#[derive(Subcommand)]
pub(crate) enum StoreCommand {
    /// Brings the tables to the version of this program.
    Migrate(StoreMigrate),
    /// Checks the database, every case and the key.
    Check(StoreCheck),
    /// Writes a backup of a store, which may be in use.
    Backup(StoreBackup),
    /// Fills an empty store from a backup.
    Restore(StoreRestore),
}

#[derive(Words)]
#[command(after_help = OF_STORE)]
pub(crate) struct StoreMigrate {
    #[command(flatten)]
    pub store: StoreWords,
}

#[derive(Words)]
#[command(after_help = OF_STORE)]
pub(crate) struct StoreCheck {
    #[command(flatten)]
    pub store: StoreWords,
}

#[derive(Words)]
#[command(after_help = OF_STORE)]
pub(crate) struct StoreBackup {
    /// The file to write.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Writes over the file if it is there, once the new backup is whole.
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub store: StoreWords,
}

#[derive(Words)]
#[command(after_help = OF_STORE)]
pub(crate) struct StoreRestore {
    /// The backup.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    #[command(flatten)]
    pub store: StoreWords,
}
