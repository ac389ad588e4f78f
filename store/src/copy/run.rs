//! Taking a backup, and filling a place from one.

use std::fs::File;
use std::path::Path;

use engine::time::Instant;

use crate::cases::{Failure, Place};
use crate::copy::file::{Backup, Reading, Writing, verify};

/// Writes everything that a place keeps at one instant into a new file. The place may be used
/// meanwhile.
///
/// # Errors
/// [`Failure::Unavailable`] where the file is there already or cannot be written; as every call of a
/// place. What was written of the file is taken away again.
pub fn backup(place: &dyn Place, to: &Path, now: Instant) -> Result<Backup, Failure> {
    let not_written = |error: std::io::Error| {
        Failure::Unavailable(format!("{} cannot be written: {error}", to.display()))
    };
    let mut options = File::options();
    options.write(true).create_new(true);
    // It holds what the store holds.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(to).map_err(not_written)?;
    let written = Writing::begin(file, now).map_err(not_written).and_then(|mut writing| {
        place.copy_out(&mut |row| writing.row(&row).map_err(not_written))?;
        writing.end().map_err(not_written)
    });
    let read = written.and_then(|said| match verify(to) {
        Ok(found) if found == said => Ok(said),
        Ok(_) => Err(unread(to, &"it is not what was written")),
        Err(why) => Err(unread(to, &why)),
    });
    if read.is_err() {
        // What is left of it is no backup. Where it cannot be taken away, it is refused later.
        let _ = std::fs::remove_file(to);
    }
    read
}

/// Fills a place in which there is nothing from a backup, whole or not at all.
///
/// # Errors
/// [`Failure::Damaged`] where the backup was cut off or changed, [`Failure::Overtaken`] where the
/// place holds something; as every call of a place. Nothing is changed then.
pub fn fill(place: &dyn Place, from: &Path) -> Result<Backup, Failure> {
    let said = verify(from).map_err(|why| unread(from, &why))?;
    if !place.tenants()?.is_empty() {
        return Err(Failure::Overtaken);
    }
    let mut reading = Reading::open(from).map_err(|why| unread(from, &why))?;
    place.copy_in(&mut || reading.next().map_err(|why| unread(from, &why)))?;
    Ok(said)
}

fn unread(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::Damaged(format!("the backup {} cannot be used: {why}", path.display()))
}
