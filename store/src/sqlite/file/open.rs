//! Opening the file.

use crate::cases::{Failure, Form, Others};
use crate::sqlite::file::log::Log;
use crate::sqlite::file::pool::{Reader, Readers};
use crate::sqlite::file::{at_commit, migrate, mount, pool};
use crate::sqlite::protocols::Known;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How often the log is tried to be emptied, and the pause before it is tried again. Each time SQLite
/// waits for others by itself as well.
const EMPTY_TRIES_MAX: u32 = 10;
const EMPTY_PAUSE: Duration = Duration::from_millis(50);

/// Cases in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    pub(super) path: PathBuf,
    writer: Mutex<Connection>,
    readers: Readers,
    log: Log,
    known: Known,
}

impl Sqlite {
    /// Opens a store, or makes one where there is no file; brings it to the version that this
    /// program reads.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] where the folder does not exist, lies on another machine or cannot
    /// be written, and where the store is of a later version; [`Failure::Damaged`] where the file
    /// is something else.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        look_at(path)?;
        let named = |failure| with_path(failure, path);
        let mut writer = pool::writer(path).map_err(named)?;
        if writer.is_readonly("main")? {
            return Err(Failure::Unavailable(format!("{} is read-only", path.display())));
        }
        migrate::migrate(&mut writer).map_err(named)?;
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Readers::new(path),
            log: Log::new(path)?,
            known: Known::default(),
        })
    }

    pub(in crate::sqlite) fn form_of(connection: &Connection) -> Result<Form, Failure> {
        migrate::form(connection)
    }

    /// Reads, all of it as it was at one instant.
    pub(in crate::sqlite) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.reader()?.at_once(read)
    }

    /// Reads with one statement.
    pub(in crate::sqlite) fn read_one<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.reader()?.one(read)
    }

    fn reader(&self) -> Result<Reader<'_>, Failure> {
        self.readers.take()
    }

    /// Asks on the connection that writes: what it holds in memory is not out of date after each
    /// commit. For whoever is about to write.
    pub(in crate::sqlite) fn ask_to_write<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let writer = self.writer();
        let transaction = writer.unchecked_transaction()?;
        let answer = read(&transaction)?;
        transaction.finish()?;
        Ok(answer)
    }

    /// Writes in one transaction, which is committed unless something fails.
    pub(in crate::sqlite) fn change<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut writer = self.writer();
        let answer = changed(&mut writer, change)?;
        self.log.tend(&writer);
        Ok(answer)
    }

    /// The same without waiting for the disk: what is written later and is flushed takes this
    /// along, for the log is one. Alone it may be lost when the power fails.
    pub(in crate::sqlite) fn change_unflushed<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut writer = self.writer();
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        let done = changed(&mut writer, change);
        writer.pragma_update(None, "synchronous", "FULL")?;
        done
    }

    /// What others have left the file at, as the connection that writes sees it.
    ///
    /// # Errors
    /// As every call.
    pub(in crate::sqlite) fn left_by_others(&self) -> Result<Others, Failure> {
        left_by_others(&self.writer())
    }

    /// Moves the log into the file and empties it, so that what was deleted is in neither. Where a
    /// reader holds on to the log for long, the next call does it.
    ///
    /// # Errors
    /// As every call.
    pub(in crate::sqlite) fn forget_log(&self) -> Result<(), Failure> {
        self.writer().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// The same, and waits until it is done.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] where somebody reads for longer than anybody waits.
    pub(in crate::sqlite) fn empty_log(&self) -> Result<(), Failure> {
        for _ in 0..EMPTY_TRIES_MAX {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let is_busy: bool = self.writer().query_row(sql, [], |row| row.get(0))?;
            if !is_busy {
                return Ok(());
            }
            thread::sleep(EMPTY_PAUSE);
        }
        Err(Failure::Unavailable(
            "it is erased, but somebody reads for so long that the log beside the file still holds \
             what was written before: do it again"
                .to_owned(),
        ))
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Connection> {
        // A thread that panicked within a transaction has rolled it back.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::sqlite) fn known(&self) -> &Known {
        &self.known
    }
}

/// The number that SQLite gives another value once another connection has committed.
pub(in crate::sqlite) fn left_by_others(connection: &Connection) -> Result<Others, Failure> {
    let mut pragma = connection.prepare_cached("PRAGMA data_version")?;
    Ok(Others(pragma.query_row([], |row| row.get(0))?))
}

fn changed<T>(
    writer: &mut Connection,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answer = change(&transaction)?;
    transaction.commit().map_err(at_commit)?;
    Ok(answer)
}

/// What can be said before SQLite opens the file.
fn look_at(path: &Path) -> Result<(), Failure> {
    let unavailable = |why: String| Err(Failure::Unavailable(why));
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return unavailable(format!("{} is no file", path.display())),
    };
    if !folder.is_dir() {
        return unavailable(format!("there is no folder {}", folder.display()));
    }
    if let Some(kind) = mount::remote(folder) {
        return unavailable(format!(
            "{} lies on another machine ({kind}), where SQLite cannot keep what it promises: put \
             the store on a disk of this machine, or take PostgreSQL",
            folder.display()
        ));
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => unavailable(format!("{} is a folder", path.display())),
        Ok(found) if found.permissions().readonly() => {
            unavailable(format!("{} is read-only", path.display()))
        }
        _ => Ok(()),
    }
}

fn with_path(failure: Failure, path: &Path) -> Failure {
    match failure {
        Failure::Unavailable(why) => Failure::Unavailable(format!("{}: {why}", path.display())),
        Failure::Damaged(why) => Failure::Damaged(format!("{}: {why}", path.display())),
        other => other,
    }
}
