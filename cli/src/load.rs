//! From the paths that somebody names to protocols.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use engine::diagnostic::Diagnostics;
use engine::machine::Machine;
use engine::text::SourceSet;
use store::folder;

use crate::unusable::Unusable;

const PROTOCOL_FILE: &str = "protocol.toml";

/// A protocol as far as it could be read.
pub(crate) struct Loaded {
    /// Its folder.
    pub folder: PathBuf,
    /// Its files.
    pub sources: SourceSet,
    /// The compiled protocol; none if it has errors.
    pub machine: Option<Machine>,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

/// Every folder with a protocol at or below these paths.
///
/// # Errors
/// A path is not there or is no folder, or there is no protocol below it.
pub(crate) fn folders(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    for path in paths {
        is_folder(path)?;
        if folder::find(std::slice::from_ref(path)).is_empty() {
            let what = format!("no protocol in `{}` or below it", path.display());
            let help = format!("a protocol is a folder with a file `{PROTOCOL_FILE}`");
            return Err(Unusable::new(what).help(help).into());
        }
    }
    Ok(folder::find(paths))
}

/// Reads a protocol folder.
///
/// # Errors
/// It cannot be read.
pub(crate) fn load(folder: &Path) -> anyhow::Result<Loaded> {
    let sources = folder::read(folder)?;
    let (machine, diagnostics) = engine::load(&sources);
    Ok(Loaded { folder: folder.to_path_buf(), sources, machine, diagnostics })
}

/// Reads the one protocol in a folder, which must be usable.
///
/// # Errors
/// It cannot be read, or it has errors.
pub(crate) fn usable(folder: &Path) -> anyhow::Result<Machine> {
    is_folder(folder)?;
    let shown = folder.display();
    if !folder.join(PROTOCOL_FILE).is_file() {
        let what = format!("`{shown}` is no protocol folder: it has no file `{PROTOCOL_FILE}`");
        return Err(Unusable::new(what).into());
    }
    load(folder)?.machine.ok_or_else(|| {
        let help = format!("`protocol check {shown}` shows them");
        Unusable::new(format!("the protocol in `{shown}` has errors")).help(help).into()
    })
}

fn is_folder(path: &Path) -> anyhow::Result<()> {
    let shown = path.display();
    let kind = std::fs::metadata(path).with_context(|| format!("cannot open `{shown}`"))?;
    if kind.is_dir() {
        return Ok(());
    }
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).display();
    let what = format!("`{shown}` is a file, not a folder");
    Err(Unusable::new(what).help(format!("name the folder of the protocol: `{folder}`")).into())
}
