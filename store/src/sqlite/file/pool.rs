//! Connections: one that writes, a few that read.

use crate::cases::Failure;
use crate::sqlite::file::migrate;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many connections read at the same time; whoever comes later waits for one.
const READERS_MAX: usize = 8;
/// How long a connection waits for another process, in milliseconds.
const BUSY_MS: u64 = 10_000;
/// Kibibytes of pages that the connection that writes holds in memory.
const WRITER_CACHE_KIB: i64 = 65_536;
/// Kibibytes of pages that each connection that reads holds in memory.
const READER_CACHE_KIB: i64 = 8_192;
/// Statements that each connection keeps prepared.
const STATEMENTS_MAX: usize = 128;

/// Opens the connection that writes. It is flushed at every commit, and what is deleted is
/// overwritten. It does not move its log into the file: [`super::log`] does.
pub(super) fn writer(path: &Path) -> Result<Connection, Failure> {
    let connection = connection(path, OpenFlags::SQLITE_OPEN_CREATE)?;
    // A file that is something else is not even brought into WAL mode.
    migrate::version(&connection)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        let why = format!("the file system of {} allows no write-ahead log", path.display());
        return Err(Failure::Unavailable(why));
    }
    connection.execute_batch(&format!(
        "PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA cache_size = -{WRITER_CACHE_KIB};"
    ))?;
    Ok(connection)
}

fn reader(path: &Path) -> Result<Connection, Failure> {
    let connection = connection(path, OpenFlags::empty())?;
    connection.execute_batch(&format!(
        "PRAGMA query_only = ON; PRAGMA cache_size = -{READER_CACHE_KIB};"
    ))?;
    Ok(connection)
}

/// A connection as both kinds have it.
pub(super) fn connection(path: &Path, flags: OpenFlags) -> Result<Connection, Failure> {
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(BUSY_MS))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // A statement is prepared once, not anew for each value that is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;")?;
    Ok(connection)
}

/// The connections that read.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    held: Mutex<Held>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Held {
    free: Vec<Connection>,
    open: usize,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), held: Mutex::default(), returned: Condvar::new() }
    }

    /// A connection that reads, for as long as the answer is held.
    pub(super) fn take(&self) -> Result<Reader<'_>, Failure> {
        let mut held = self.held();
        loop {
            if let Some(connection) = held.free.pop() {
                return Ok(Reader { readers: self, connection: Some(connection) });
            }
            if held.open < READERS_MAX {
                held.open += 1;
                break;
            }
            held = self.returned.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        drop(held);
        // From here on the place is given back, whether the connection opens or not.
        let mut place = Reader { readers: self, connection: None };
        place.connection = Some(reader(&self.path)?);
        Ok(place)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that reads; it goes back to the others when it is dropped.
#[derive(Debug)]
pub(in crate::sqlite) struct Reader<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Reader<'_> {
    /// Runs reads that all see the file as it was at one instant.
    pub(in crate::sqlite) fn at_once<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let transaction = self.connection()?.unchecked_transaction()?;
        let answer = read(&transaction)?;
        transaction.finish()?;
        Ok(answer)
    }

    /// Runs one statement, which sees the file as it was at one instant without a transaction.
    pub(in crate::sqlite) fn one<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        read(self.connection()?)
    }

    fn connection(&self) -> Result<&Connection, Failure> {
        let none = || Failure::Unavailable("there is no connection".to_owned());
        self.connection.as_ref().ok_or_else(none)
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut held = self.readers.held();
        match self.connection.take() {
            Some(connection) => held.free.push(connection),
            None => held.open -= 1,
        }
        self.readers.returned.notify_one();
    }
}
