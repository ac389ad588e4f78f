//! The file sink: events are appended to files of one folder, a line each.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Appends an event to a file of a folder: it is on the disk when this returns. The name was
/// checked by `Target::read`.
///
/// A line that a crash cut off stays as it is, and the next one begins on a line of its own: what
/// was cut off comes again whole, as it was not said to have arrived.
///
/// # Errors
/// The file cannot be written, or is no file.
pub(super) fn append(folder: &Path, name: &str, event: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let path = folder.join(name);
    let is_new = match fs::symlink_metadata(&path) {
        Ok(known) if known.is_file() => false,
        Ok(_) => return Err(io::Error::other("it is a link or no file")),
        Err(why) if why.kind() == io::ErrorKind::NotFound => true,
        Err(why) => return Err(why),
    };
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(&path)?;
    // Held until the file is closed: lines of two senders do not mix.
    file.lock()?;
    let mut line = Vec::with_capacity(event.len() + 2);
    if !ends_a_line(&mut file)? {
        line.push(b'\n');
    }
    line.extend_from_slice(event);
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_data()?;
    if is_new {
        // The name of a new file is on the disk when its folder is.
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::tests::Folder;

    #[test]
    fn events_are_lines_and_a_torn_one_stands_alone() {
        let folder = Folder::new("sink-lines");
        append(&folder.0, "facts.jsonl", b"{\"a\":1}").unwrap();
        append(&folder.0, "facts.jsonl", b"{\"a\":2}").unwrap();
        let path = folder.0.join("facts.jsonl");
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"a\":").unwrap();
        append(&folder.0, "facts.jsonl", b"{\"a\":3}").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "{\"a\":1}\n{\"a\":2}\n{\"a\":\n{\"a\":3}\n");
    }

    #[test]
    fn lines_of_two_senders_do_not_mix() {
        let folder = Folder::new("sink-two");
        let long = [b'x'; 9_000];
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..20).for_each(|_| append(&folder.0, "f", &long).unwrap()));
            }
        });
        let text = fs::read_to_string(folder.0.join("f")).unwrap();
        assert_eq!(text.lines().count(), 80);
        assert!(text.lines().all(|it| it.len() == 9_000));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_folders_are_refused() {
        let folder = Folder::new("sink-link");
        let inside = folder.0.join("inside");
        fs::create_dir_all(inside.join("folder")).unwrap();
        std::os::unix::fs::symlink(folder.0.join("outside"), inside.join("link")).unwrap();
        for name in ["link", "folder"] {
            assert!(append(&inside, name, b"{}").is_err(), "{name}");
        }
        assert!(!folder.0.join("outside").exists());
    }
}
