//! The files of a folder, within limits and never from outside.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use anyhow::anyhow;
use anyhow::bail;

use crate::folder::part::PROTOCOL_FILE;

/// How many files of one protocol are read.
const FILES_MAX: usize = 1_000;

/// How deep folders are searched below the one that was named.
pub(super) const DEPTH_MAX: usize = 8;

/// The paths of the wanted files below a part of a folder, inside the folder and in order.
pub(super) fn paths_below(
    root: &Path,
    part: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> anyhow::Result<Vec<String>> {
    let within =
        fs::canonicalize(root).with_context(|| format!("cannot open {}", root.display()))?;
    let mut paths = Vec::new();
    list(root, &within, part, DEPTH_MAX, &mut paths)?;
    paths.retain(|path| is_wanted(path));
    paths.sort();
    if paths.len() > FILES_MAX {
        bail!("{} has more than {FILES_MAX} files of a protocol", root.display());
    }
    Ok(paths)
}

/// Adds the paths of all files in a folder and below it. `part` is the path of the folder inside
/// `root`, `within` the real path of `root`.
fn list(
    root: &Path,
    within: &Path,
    part: &str,
    depth_left: usize,
    paths: &mut Vec<String>,
) -> anyhow::Result<()> {
    let folder = root.join(part);
    let shown = folder.display();
    let Some(depth_left) = depth_left.checked_sub(1) else {
        bail!("{shown} is more than {DEPTH_MAX} folders deep");
    };
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {shown}"))? {
        let entry = entry.with_context(|| format!("cannot read {shown}"))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            bail!("the name of {} is not UTF-8", entry.path().display());
        };
        if name.starts_with('.') {
            continue;
        }
        let path = if part.is_empty() { name.to_owned() } else { format!("{part}/{name}") };
        match kind(&entry, within)? {
            Kind::File => paths.push(path),
            Kind::Folder if entry.path().join(PROTOCOL_FILE).is_file() => {}
            Kind::Folder => list(root, within, &path, depth_left, paths)?,
            Kind::Other => {}
        }
    }
    Ok(())
}

enum Kind {
    File,
    Folder,
    Other,
}

/// What an entry is. A link may stand for a file inside the protocol folder.
fn kind(entry: &fs::DirEntry, within: &Path) -> anyhow::Result<Kind> {
    let path = entry.path();
    let shown = path.display();
    let kind = entry.file_type().with_context(|| format!("cannot read {shown}"))?;
    if kind.is_symlink() {
        let target = fs::canonicalize(&path).with_context(|| format!("cannot follow {shown}"))?;
        if !target.starts_with(within) {
            bail!("{shown} is a link that leads out of the protocol folder");
        }
        if target.is_dir() {
            return Err(linked_folder(&path));
        }
        return Ok(if target.is_file() { Kind::File } else { Kind::Other });
    }
    Ok(match () {
        () if kind.is_dir() => Kind::Folder,
        () if kind.is_file() => Kind::File,
        () => Kind::Other,
    })
}

/// Why a link to a folder is not followed.
pub(super) fn linked_folder(path: &Path) -> anyhow::Error {
    let shown = path.display();
    anyhow!("{shown} is a link to a folder; a protocol folder holds its parts itself")
}
