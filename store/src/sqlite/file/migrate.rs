//! The versions of the tables.

use crate::cases::{Failure, Form};
use crate::sqlite::file::fill;
use rusqlite::{Connection, TransactionBehavior};

/// The steps from each version to the next, the first one from an empty file.
const STEPS: [&str; 3] = [
    include_str!("../migrations/0001.sql"),
    include_str!("../migrations/0002.sql"),
    include_str!("../migrations/0003.sql"),
];
/// The version from which on rows say whom a case is about that was opened before.
const RESPONDENTS: usize = 3;

/// Marks the file as a store of ours: `RDRS` as a number.
const APPLICATION: i64 = 0x5244_5253;

/// The version of the tables; 0 where there are none yet.
///
/// # Errors
/// [`Failure::Damaged`] where the file is a database of something else, [`Failure::Unavailable`]
/// where it is a store of a later version.
pub(super) fn version(connection: &Connection) -> Result<usize, Failure> {
    let marked: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if marked == 0 && tables == 0 {
        return Ok(0);
    }
    if marked != APPLICATION {
        let why = "the file is an SQLite database, but not a store for cases";
        return Err(Failure::Damaged(why.to_owned()));
    }
    let kept: i64 =
        connection.query_row("SELECT max(version) FROM migration", [], |row| row.get(0))?;
    match usize::try_from(kept) {
        Ok(kept) if kept <= STEPS.len() => Ok(kept),
        Ok(_) => Err(Failure::Unavailable(format!(
            "the store has version {kept}, and this program reads up to version {}: take a newer \
             program, or a backup from before it was brought to version {kept}",
            STEPS.len()
        ))),
        Err(_) => Err(Failure::Damaged(format!("the store says that it has version {kept}"))),
    }
}

/// The version of the tables, and the one that this program reads.
///
/// # Errors
/// As [`version`].
pub(super) fn form(connection: &Connection) -> Result<Form, Failure> {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Form { kept: small(version(connection)?), known: small(STEPS.len()) })
}

/// Brings the tables to the version that this program reads.
///
/// # Errors
/// As [`version`].
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let kept = version(&transaction)?;
    if kept == 0 {
        transaction.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION};
             CREATE TABLE migration (version INTEGER NOT NULL PRIMARY KEY) STRICT;"
        ))?;
    }
    for (step, text) in STEPS.iter().enumerate().skip(kept) {
        transaction.execute_batch(text)?;
        if step + 1 == RESPONDENTS && kept > 0 {
            fill::respondents(&transaction)?;
        }
        transaction.execute("INSERT INTO migration (version) VALUES (?1)", [step as i64 + 1])?;
    }
    transaction.commit()?;
    Ok(())
}
