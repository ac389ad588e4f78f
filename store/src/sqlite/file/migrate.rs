//! The versions of the tables.

use crate::cases::Failure;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// The steps from each version to the next, the first one from an empty file.
const STEPS: [&str; 1] = [include_str!("../migrations/0001.sql")];

/// Marks the file as a store of ours: `RDRS` as a number.
const APPLICATION: i64 = 0x5244_5253;

/// Brings the tables to the version that this program reads.
///
/// # Errors
/// [`Failure::Damaged`] where the file is a database of something else, [`Failure::Unavailable`]
/// where it is a store of a later version.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let marked: i64 = transaction.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if marked != APPLICATION && (marked != 0 || tables != 0) {
        let why = "the file is an SQLite database, but not a store for cases";
        return Err(Failure::Damaged(why.to_owned()));
    }
    if tables == 0 {
        transaction.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION};
             CREATE TABLE migration (version INTEGER NOT NULL PRIMARY KEY) STRICT;"
        ))?;
    }
    let kept = version(&transaction)?;
    if kept > STEPS.len() {
        return Err(Failure::Unavailable(format!(
            "the store has version {kept}, and this program reads up to version {}: take a newer \
             program, or a backup from before it was brought to version {kept}",
            STEPS.len()
        )));
    }
    for (step, text) in STEPS.iter().enumerate().skip(kept) {
        transaction.execute_batch(text)?;
        transaction.execute("INSERT INTO migration (version) VALUES (?1)", [step as i64 + 1])?;
    }
    transaction.commit()?;
    Ok(())
}

/// The version of the tables; 0 where there are none.
fn version(connection: &Connection) -> Result<usize, Failure> {
    let version: Option<i64> = connection
        .query_row("SELECT max(version) FROM migration", [], |row| row.get(0))
        .optional()?
        .flatten();
    let version = version.unwrap_or(0);
    usize::try_from(version)
        .map_err(|_| Failure::Damaged(format!("the store says that it has version {version}")))
}
