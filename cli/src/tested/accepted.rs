//! Accepted timelines: `<name>.snap` beside each scenario, in the format of insta, which reads,
//! compares and writes them. What is new waits as `<name>.snap.new` until somebody accepts it,
//! here or with `cargo insta review`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use engine::scenario::Scenario;
use insta::internals::{SnapshotContents, TextSnapshotContents};
use insta::{Snapshot, TextSnapshotKind};
use similar::TextDiff;
use store::{file, folder};

use crate::render::CONTEXT_LINES;

/// How a timeline compares with the accepted one.
pub(crate) enum Compared {
    /// It is the same.
    Same,
    /// Nobody has accepted one yet.
    New,
    /// It is another.
    Changed {
        /// The difference, line by line.
        difference: String,
    },
}

/// The file of the accepted timeline of a scenario.
pub(crate) fn file_of(folder: &Path, scenario: &Scenario) -> PathBuf {
    folder.join(&scenario.path).with_extension("snap")
}

/// The accepted timelines of a protocol folder whose scenarios are gone, of those at `scenarios`:
/// paths inside the folder.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn orphans<'a>(
    folder: &Path,
    scenarios: impl Iterator<Item = &'a str>,
) -> anyhow::Result<Vec<String>> {
    let known: BTreeSet<PathBuf> =
        scenarios.map(|path| Path::new(path).with_extension("snap")).collect();
    let mut found = folder::accepted(folder)?;
    found.retain(|path| !known.contains(Path::new(path)));
    Ok(found)
}

/// Compares a timeline with the accepted one. A file that is no snapshot any more, perhaps after
/// a merge, is another timeline.
pub(crate) fn compare(snap: &Path, timeline: &str) -> Compared {
    if !snap.exists() {
        return Compared::New;
    }
    let Ok(accepted) = read(snap) else {
        let shown = snap.display();
        let difference = format!("`{shown}` is no snapshot any more, perhaps after a merge\n");
        return Compared::Changed { difference };
    };
    let now = TextSnapshotContents::new(timeline.to_owned(), TextSnapshotKind::File);
    if *accepted.contents() == SnapshotContents::Text(now.clone()) {
        return Compared::Same;
    }
    let accepted = accepted.as_text().map(ToString::to_string).unwrap_or_default();
    let (accepted, now) = (format!("{accepted}\n"), format!("{now}\n"));
    let difference = TextDiff::from_lines(&accepted, &now);
    let difference = difference.unified_diff().context_radius(CONTEXT_LINES).to_string();
    Compared::Changed { difference }
}

/// Keeps a timeline until somebody accepts it.
///
/// # Errors
/// It cannot be written.
pub(crate) fn propose(snap: &Path, scenario: &Scenario, timeline: &str) -> anyhow::Result<()> {
    // insta builds a snapshot only inside its own assertion, which panics and asks the
    // environment; so the head is written here and everything else is left to insta.
    let source = serde_json::to_string(&scenario.path)?;
    let description = serde_json::to_string(&scenario.title)?;
    let head = format!("---\nsource: {source}\ndescription: {description}\n---\n");
    file::write(&proposed(snap), &format!("{head}{timeline}\n"))
}

/// Makes the timeline that waits the accepted one.
///
/// # Errors
/// None waits, or it cannot be written.
pub(crate) fn accept(snap: &Path) -> anyhow::Result<()> {
    let waiting = read(&proposed(snap))?;
    let shown = snap.display();
    waiting.save(snap).map_err(|error| anyhow!("cannot write `{shown}`: {error}"))?;
    reject(snap)
}

/// Drops the timeline that waits, if there is one.
///
/// # Errors
/// It cannot be removed.
pub(crate) fn reject(snap: &Path) -> anyhow::Result<()> {
    file::remove(&proposed(snap))
}

fn proposed(snap: &Path) -> PathBuf {
    snap.with_extension("snap.new")
}

fn read(path: &Path) -> anyhow::Result<Snapshot> {
    Snapshot::from_file(path)
        .map_err(|error| anyhow!("`{}` cannot be read: {error}", path.display()))
}
