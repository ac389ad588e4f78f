//! Moving the log into the file, beside the writing.
//!
//! Every commit goes to the end of the log. A thread of its own moves what is there into the file
//! while others write; that takes long, for it is flushed. What it leaves is little, and the writer
//! moves it itself: then the log begins anew and does not grow.

use crate::cases::Failure;
use crate::sqlite::file::pool;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

/// Pages that wait in the log, of 4 KiB each: more are moved by the thread, fewer by the writer.
const WAIT_MAX: i64 = 2_048;
/// Pages in the log from which on the writer begins it anew, once few of them wait.
const LOG_MAX: i64 = 16_384;
/// Pages in the log at which the writer moves them, however many wait: the thread is too slow then,
/// and the log must not fill the disk.
const LOG_LIMIT: i64 = 32_768;

/// The thread that moves the log into the file.
#[derive(Debug)]
pub(super) struct Log {
    wake: Option<SyncSender<()>>,
    mover: Option<JoinHandle<()>>,
}

impl Log {
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let connection = pool::connection(path, OpenFlags::empty())?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;")?;
        let (wake, woken) = sync_channel(1);
        let mover = thread::Builder::new().name("sqlite-log".to_owned());
        let mover = mover.spawn(move || move_on(&connection, &woken));
        let mover = mover.map_err(|why| Failure::Unavailable(format!("no thread: {why}")))?;
        Ok(Self { wake: Some(wake), mover: Some(mover) })
    }

    /// Looks how long the log is, after a commit. Where it cannot be moved now, the next commit
    /// tries again: what was committed is in the log and safe.
    pub(super) fn tend(&self, writer: &Connection) {
        let Some((log, moved)) = pages(writer, "NOOP") else { return };
        let wait = log - moved;
        if log > LOG_LIMIT || (log > LOG_MAX && wait <= WAIT_MAX) {
            pages(writer, "PASSIVE");
        } else if wait > WAIT_MAX
            && let Some(wake) = &self.wake
        {
            match wake.try_send(()) {
                // It was woken before, or it is gone with the process.
                Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
            }
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(mover) = self.mover.take() {
            // A mover that panicked has moved less; the log is safe.
            let _ = mover.join();
        }
    }
}

fn move_on(connection: &Connection, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        pages(connection, "PASSIVE");
    }
}

/// How many pages are in the log and how many of them were moved, after moving some.
fn pages(connection: &Connection, mode: &str) -> Option<(i64, i64)> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let mut pragma = connection.prepare_cached(&sql).ok()?;
    pragma.query_row([], |row| Ok((row.get(1)?, row.get(2)?))).ok()
}

#[cfg(test)]
mod tests {
    use crate::cases::{Cases, Place};
    use crate::place_tests::{Desk, case, change, id};
    use crate::sqlite::Sqlite;
    use crate::test_folder::Folder;
    use std::fs;

    #[test]
    fn the_log_does_not_grow_for_ever() {
        let folder = Folder::new("sqlite-log", &[]);
        let path = folder.0.join("cases.sqlite");
        let place = Sqlite::open(&path).unwrap();
        let mut desk = Desk::new(&place, "one");
        // Together twice as much as the log may ever hold.
        for version in 1..=256 {
            let mut large = change(case(1, version), vec![]);
            large.decided.body = vec![7; 1_024 * 1_024];
            desk.write([large]);
        }
        let log = fs::metadata(folder.0.join("cases.sqlite-wal")).unwrap().len();
        assert!(log < 160 * 1_024 * 1_024, "the log has {log} bytes");
        assert_eq!(place.standing(desk.tenant, id(1)).unwrap().unwrap().version, 256);
        place.writable().unwrap();
    }
}
