//! Waits until files of a folder change.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Changes that come closer together than this are one: a program that saves a file writes more
/// than once, and one that changes branches writes many files.
const QUIET: Duration = Duration::from_millis(150);
/// However long changes go on, somebody is told after this time.
const TOLD_AFTER_MAX: Duration = Duration::from_secs(2);

/// Changes of some folders, as they come. It waits for the next one and never ends by itself; it
/// gives an error when none of the folders is there any more.
pub struct Changes {
    folders: Vec<PathBuf>,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

/// Begins to watch some folders and all below them. What changes from now on is not missed.
///
/// # Errors
/// A folder is not there, or the system watches no more.
pub fn changes(folders: &[PathBuf]) -> anyhow::Result<Changes> {
    let (tell, events) = mpsc::channel();
    let watcher = notify::recommended_watcher(tell).context("nothing can be watched here")?;
    let mut changes = Changes { folders: folders.to_vec(), watcher, events };
    for folder in folders {
        let context = || format!("cannot watch `{}`", folder.display());
        changes.watcher.watch(folder, RecursiveMode::Recursive).with_context(context)?;
    }
    Ok(changes)
}

impl Iterator for Changes {
    type Item = anyhow::Result<()>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.events.recv().ok()? {
                Err(error) => return Some(Err(error).context("cannot watch any longer")),
                Ok(event) if self.is_of_protocol(&event) => break,
                Ok(_) => {}
            }
        }
        let told_by = Instant::now() + TOLD_AFTER_MAX;
        while Instant::now() < told_by && self.events.recv_timeout(QUIET).is_ok() {}
        Some(self.look_again())
    }
}

impl Changes {
    /// A folder that was removed and made again is another one for the system.
    fn look_again(&mut self) -> anyhow::Result<()> {
        let there: Vec<&PathBuf> = self.folders.iter().filter(|it| it.is_dir()).collect();
        if there.is_empty() {
            let shown: Vec<String> =
                self.folders.iter().map(|it| format!("`{}`", it.display())).collect();
            bail!("{} is gone, so there is nothing left to watch", shown.join(", "));
        }
        for folder in there {
            let context = || format!("cannot watch `{}`", folder.display());
            self.watcher.watch(folder, RecursiveMode::Recursive).with_context(context)?;
        }
        Ok(())
    }

    fn is_of_protocol(&self, event: &Event) -> bool {
        let is_change = !matches!(event.kind, EventKind::Access(_));
        let inner = |path: &Path| {
            let inner = self.folders.iter().find_map(|it| path.strip_prefix(it).ok());
            inner.map_or_else(|| path.to_path_buf(), Path::to_path_buf)
        };
        let is_part = || event.paths.iter().any(|path| !is_passing(&inner(path)));
        event.need_rescan() || (is_change && is_part())
    }
}

/// Whether a file is no part of a protocol: hidden, kept by an editor, or a timeline that waits to
/// be accepted, which a test writes itself.
fn is_passing(inner: &Path) -> bool {
    let is_hidden = |part: &OsStr| part.as_encoded_bytes().starts_with(b".");
    let name = inner.file_name().unwrap_or_default().as_encoded_bytes();
    inner.iter().any(|part| is_hidden(part) && part != "." && part != "..")
        || name.ends_with(b"~")
        || name.ends_with(b".snap.new")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::RecvTimeoutError;

    use super::*;
    use crate::test_folder::Folder;

    /// Longer than any machine takes to tell of a change.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// The changes of a folder, told by a thread that ends with the last of them.
    fn told(folder: &Path) -> Receiver<Result<(), String>> {
        let (tell, told) = mpsc::channel();
        let changes = changes(&[folder.to_path_buf()]).unwrap();
        std::thread::spawn(move || {
            for change in changes {
                let is_end = change.is_err();
                let change = change.map_err(|error| format!("{error:#}"));
                if tell.send(change).is_err() || is_end {
                    return;
                }
            }
        });
        told
    }

    #[test]
    fn a_change_is_told_and_the_end_of_the_folder_ends_it() {
        let folder = Folder::new("watch", &["a/protocol.toml", "a/.hidden.toml"]);
        let watched = folder.0.join("a");
        let told = told(&watched);
        folder.write("a/scenarios/new.toml", b"1");
        assert_eq!(told.recv_timeout(PATIENCE), Ok(Ok(())));
        fs::remove_dir_all(&watched).unwrap();
        let said = loop {
            match told.recv_timeout(PATIENCE) {
                // The removal may be told while some of it is still to come.
                Ok(Ok(())) => {}
                Ok(Err(said)) => break said,
                Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => panic!("no end"),
            }
        };
        let expected =
            format!("`{}` is gone, so there is nothing left to watch", watched.display());
        assert_eq!(said, expected);
    }

    #[test]
    fn what_is_no_part_of_a_protocol_changes_nothing() {
        for path in [".git/index", "scenarios/.a.toml.swp", "a.toml~", "scenarios/a.snap.new"] {
            assert!(is_passing(Path::new(path)), "{path}");
        }
        for path in ["", "./protocol.toml", "../b/letters/en.md", "scenarios/a.snap"] {
            assert!(!is_passing(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_watched() {
        let folder = Folder::new("watch-nothing", &[]);
        let error = changes(&[folder.0.join("x")]).err().unwrap().to_string();
        assert_eq!(error, format!("cannot watch `{}`", folder.0.join("x").display()));
    }
}
