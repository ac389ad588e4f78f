//! Backup and check of the whole file.

use crate::cases::Failure;
use crate::sqlite::Sqlite;
use crate::sqlite::file::pool;
use rusqlite::OpenFlags;
use std::path::Path;

/// How many faults a check tells.
const FAULTS_MAX: usize = 100;

impl Sqlite {
    /// Copies the store, as it is at one instant, into a new file, while it is written to.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] where the file exists or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), Failure> {
        if to.exists() {
            return Err(Failure::Unavailable(format!("{} exists already", to.display())));
        }
        let Some(name) = to.to_str() else {
            return Err(Failure::Unavailable(format!("{} is not in UTF-8", to.display())));
        };
        pool::connection(&self.path, OpenFlags::empty())?.execute("VACUUM INTO ?1", [name])?;
        // The copy is on the disk when this returns.
        let flushed = std::fs::File::open(to).and_then(|file| file.sync_all());
        flushed.map_err(|why| Failure::Unavailable(format!("{}: {why}", to.display())))
    }

    /// Reads the whole file and says what is wrong with it; nothing where it is sound.
    ///
    /// # Errors
    /// As every call.
    pub fn check(&self) -> Result<Vec<String>, Failure> {
        self.read(|connection| {
            let mut faults = Vec::new();
            let mut pages = connection.prepare(&format!("PRAGMA integrity_check({FAULTS_MAX})"))?;
            for said in pages.query_map([], |row| row.get::<_, String>(0))? {
                faults.push(said?);
            }
            faults.retain(|said| said != "ok");
            let mut links = connection.prepare("PRAGMA foreign_key_check")?;
            let links = links.query_map([], |row| {
                let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
                Ok(format!("a row of `{table}` names one of `{to}` that is not there"))
            })?;
            for said in links.take(FAULTS_MAX) {
                faults.push(said?);
            }
            Ok(faults)
        })
    }
}
