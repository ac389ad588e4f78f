//! From the paths that somebody names to protocols.

use std::path::{Path, PathBuf};

use engine::diagnostic::{Diagnostics, Severity};
use engine::machine::Machine;
use engine::scenario::{self, Scenario};
use engine::text::SourceSet;
use store::file::{self, Kind};
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

/// The scenarios of a protocol.
pub(crate) struct Scenarios {
    /// Their files.
    pub sources: SourceSet,
    /// Each of them, in order of the paths.
    pub list: Vec<ReadScenario>,
}

/// A scenario as far as it could be read.
pub(crate) struct ReadScenario {
    /// Its path inside the protocol folder.
    pub path: String,
    /// What it says; none if it has errors.
    pub scenario: Option<Scenario>,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

/// Every folder with a protocol at or below these paths.
///
/// # Errors
/// A path is not there or is no folder, or there is no protocol below it.
pub(crate) fn folders(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        is_folder(path)?;
        let below = folder::find(std::slice::from_ref(path));
        if below.is_empty() {
            let what = format!("no protocol in `{}` or below it", path.display());
            let help = format!("a protocol is a folder with a file `{PROTOCOL_FILE}`");
            return Err(Unusable::new(what).help(help).into());
        }
        found.extend(below);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Reads a protocol folder.
///
/// # Errors
/// It cannot be read.
pub(crate) fn load(folder: &Path) -> anyhow::Result<Loaded> {
    Ok(checked(folder, folder::read(folder)?))
}

/// Checks the files of a protocol.
pub(crate) fn checked(folder: &Path, sources: SourceSet) -> Loaded {
    let (machine, diagnostics) = engine::load(&sources);
    Loaded { folder: folder.to_path_buf(), sources, machine, diagnostics }
}

/// Reads the scenarios of a protocol folder.
///
/// # Errors
/// They cannot be read from the disk.
pub(crate) fn scenarios(folder: &Path, machine: &Machine) -> anyhow::Result<Scenarios> {
    Ok(checked_scenarios(scenario_files(folder)?, machine))
}

/// The files of the scenarios of a protocol folder.
///
/// # Errors
/// They cannot be read from the disk.
pub(crate) fn scenario_files(folder: &Path) -> anyhow::Result<SourceSet> {
    Ok(SourceSet::new(&folder.to_string_lossy(), folder::scenarios(folder)?))
}

/// Checks the files of scenarios.
pub(crate) fn checked_scenarios(sources: SourceSet, machine: &Machine) -> Scenarios {
    let list = sources.files().map(|(file, source)| {
        let (scenario, diagnostics) = scenario::read(&sources, file, machine);
        ReadScenario { path: source.path.clone(), scenario, diagnostics }
    });
    let list = list.collect();
    Scenarios { sources, list }
}

/// Reads the one protocol in a folder, which must be usable.
///
/// # Errors
/// It cannot be read, or it has errors.
pub(crate) fn usable(folder: &Path) -> anyhow::Result<(Machine, SourceSet)> {
    let Loaded { machine, sources, .. } = checked(folder, sources(folder)?);
    let shown = folder.display();
    let machine = machine.ok_or_else(|| {
        let help = format!("`protocol check {shown}` shows them");
        Unusable::new(format!("the protocol in `{shown}` has errors")).help(help)
    })?;
    Ok((machine, sources))
}

/// The files of the one protocol in a folder.
///
/// # Errors
/// There is none, or it cannot be read.
pub(crate) fn sources(folder: &Path) -> anyhow::Result<SourceSet> {
    is_folder(folder)?;
    if !folder.join(PROTOCOL_FILE).is_file() {
        let shown = folder.display();
        let what = format!("`{shown}` is no protocol folder: it has no file `{PROTOCOL_FILE}`");
        return Err(Unusable::new(what).into());
    }
    folder::read(folder)
}

/// Why nothing can be done with a protocol that has errors.
pub(crate) fn has_errors(loaded: &Loaded) -> anyhow::Error {
    let is_error = |severity| severity == Severity::Error;
    let n_errors = loaded.diagnostics.iter().filter(|it| is_error(it.code.severity)).count();
    let folder = loaded.folder.display();
    let errors = crate::render::count(n_errors, "error", "errors");
    let what = format!("the protocol in `{folder}` has {errors}");
    Unusable::new(what).help(format!("`protocol check {folder}` shows them")).into()
}

fn is_folder(path: &Path) -> anyhow::Result<()> {
    let shown = path.display();
    if file::kind(path)? == Kind::Folder {
        return Ok(());
    }
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).display();
    let what = format!("`{shown}` is a file, not a folder");
    Err(Unusable::new(what).help(format!("name the folder of the protocol: `{folder}`")).into())
}
