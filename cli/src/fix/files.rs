//! The files of a protocol and its scenarios in memory, checked as `check` does.

use std::path::Path;

use engine::diagnostic::Diagnostic;
use engine::text::SourceSet;

use crate::load::{self, Loaded, Scenarios};

/// The files and what is wrong with them.
pub(crate) struct Files {
    /// The protocol.
    pub loaded: Loaded,
    /// Its scenarios; not read while the protocol has errors.
    pub scenarios: Option<Scenarios>,
    /// The files of the scenarios, read or not.
    pub scenario_sources: SourceSet,
}

impl Files {
    /// Reads a folder.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn read(folder: &Path) -> anyhow::Result<Self> {
        let loaded = load::load(folder)?;
        let scenario_sources = match (load::scenario_files(folder), &loaded.machine) {
            (Ok(files), _) => files,
            // What is wrong with the protocol comes first.
            (Err(_), None) => SourceSet::default(),
            (Err(error), Some(_)) => return Err(error),
        };
        Ok(Self::with(loaded, scenario_sources))
    }

    /// Checks files.
    pub(crate) fn of(folder: &Path, sources: SourceSet, scenario_sources: SourceSet) -> Self {
        Self::with(load::checked(folder, sources), scenario_sources)
    }

    fn with(loaded: Loaded, scenario_sources: SourceSet) -> Self {
        let machine = loaded.machine.as_ref();
        let scenarios = machine.map(|it| load::checked_scenarios(scenario_sources.clone(), it));
        Self { loaded, scenarios, scenario_sources }
    }

    /// The same files, checked once more.
    pub(crate) fn again(&self) -> Self {
        let [sources, scenario_sources] = self.sets().map(Clone::clone);
        Self::of(&self.loaded.folder, sources, scenario_sources)
    }

    /// Each fault with the number of its set in [`sets`](Self::sets), in their order.
    pub(crate) fn found(&self) -> impl Iterator<Item = (&Diagnostic, usize)> {
        let of_protocol = self.loaded.diagnostics.iter().map(|it| (it, 0));
        let scenarios = self.scenarios.iter().flat_map(|it| &it.list);
        of_protocol.chain(scenarios.flat_map(|it| &it.diagnostics).map(|it| (it, 1)))
    }

    /// The sets of files: that of the protocol, that of its scenarios.
    pub(crate) const fn sets(&self) -> [&SourceSet; 2] {
        [&self.loaded.sources, &self.scenario_sources]
    }
}
