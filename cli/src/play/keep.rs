//! Writes what was played as a scenario.

use std::path::{Path, PathBuf};

use engine::machine::Machine;
use engine::scenario::{self, Play};
use engine::text::{FileId, SourceSet};
use store::file::{self, Existing};
use store::folder::{self, Part};

use crate::tested::accepted;
use crate::unusable::Unusable;

/// How a play is saved.
pub(crate) struct Keep<'a> {
    /// The folder of the protocol.
    pub folder: &'a Path,
    /// What happens to a file that is there already.
    pub existing: Existing,
    /// Whether a timeline may be accepted.
    pub may_accept: bool,
}

/// What was written.
pub(crate) struct Kept {
    /// The scenario.
    pub path: PathBuf,
    /// Whether its timeline was accepted as well.
    pub is_accepted: bool,
}

impl<'a> Keep<'a> {
    /// The same, after a person has said that the file may be replaced.
    pub(crate) const fn replacing(&self) -> Self {
        Keep { folder: self.folder, existing: Existing::Replace, may_accept: self.may_accept }
    }

    /// Writes a play as a scenario. It is read and run once before, so that what is written
    /// passes. A scenario of the protocol itself gets its accepted timeline: it has just been
    /// seen.
    ///
    /// # Errors
    /// There is nothing to save, a file is there already, or it cannot be written.
    pub(crate) fn write(
        &self,
        machine: &Machine,
        play: &Play<'_>,
        title: &str,
        path: &Path,
    ) -> anyhow::Result<Kept> {
        if play.n_steps() == 0 {
            return Err(
                Unusable::new("nothing has been played yet, so there is nothing to save").into()
            );
        }
        named_as_a_scenario(path)?;
        let text = scenario::write(machine, &play.scenario(title));
        if let Some(folder) = path.parent().filter(|it| is_to_be_made(it)) {
            file::ensure_folder(folder)?;
        }
        let inner = self.inner(path);
        let named =
            (inner.clone().unwrap_or_else(|| "played.toml".to_owned()), text.clone().into_bytes());
        let sources = SourceSet::new("", [named]);
        let (read, faults) = scenario::read(&sources, FileId(0), machine);
        let Some(read) = read else {
            let problems: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
            let what =
                format!("this play cannot be written as a scenario: {}", problems.join("; "));
            return Err(Unusable::new(what).into());
        };
        let outcome = scenario::run(machine, &read);
        if !outcome.passed() {
            let was: Vec<&str> = outcome.failures().map(|it| it.was.as_str()).collect();
            let what = format!("as a scenario this play runs differently: {}", was.join("; "));
            return Err(Unusable::new(what).into());
        }
        file::write_whole(path, &text, self.existing)?;
        let is_accepted = inner.is_some() && self.may_accept;
        if is_accepted {
            let snap = path.with_extension("snap");
            let timeline = scenario::timeline(machine, &read, &outcome);
            accepted::propose(&snap, &read, &timeline)?;
            accepted::accept(&snap)?;
        }
        Ok(Kept { path: path.to_path_buf(), is_accepted })
    }

    /// The path inside the protocol, where the file is one of its scenarios.
    fn inner(&self, path: &Path) -> Option<String> {
        let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new(".")).canonicalize().ok()?;
        let scenarios = self.folder.join("scenarios").canonicalize().ok()?;
        let inner = parent.strip_prefix(scenarios).ok()?.join(path.file_name()?);
        let parts: Vec<_> = inner.components().map(|it| it.as_os_str().to_string_lossy()).collect();
        Some(format!("scenarios/{}", parts.join("/")))
    }
}

/// Whether a folder is that of the scenarios of a protocol that has none yet.
fn is_to_be_made(folder: &Path) -> bool {
    let protocol = folder.parent().map(|it| it.join("protocol.toml"));
    folder.ends_with("scenarios") && protocol.is_some_and(|it| it.is_file())
}

/// Refuses a file that could not be written, that `test` would not take for a scenario, or that a
/// protocol would take for a part of itself.
///
/// # Errors
/// Its folder is not there, its name does not end in `.toml` or is hidden, or it lies in the folder
/// of a protocol, but not among its scenarios.
pub(crate) fn named_as_a_scenario(path: &Path) -> Result<(), Unusable> {
    let shown = path.display();
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    if let Some(parent) = parent.filter(|it| !it.is_dir() && !is_to_be_made(it)) {
        let what =
            format!("`{shown}` cannot be written: there is no folder `{}`", parent.display());
        return Err(Unusable::new(what));
    }
    let name = path.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
    let what = format!("`{shown}` is no name of a scenario");
    if name.starts_with('.') {
        return Err(Unusable::new(what).help("files whose name begins with a dot are not played"));
    }
    if !name.ends_with(".toml") {
        return Err(Unusable::new(what).help(format!("its name ends in `.toml`: `{shown}.toml`")));
    }
    if folder::part(path) != Some(Part::Text) {
        return Ok(());
    }
    let what = format!("`{shown}` is, or would be, a part of a protocol and no scenario of it");
    Err(Unusable::new(what).help("save it in the folder `scenarios` of the protocol, or elsewhere"))
}
