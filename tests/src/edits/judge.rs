//! Who notices an edit.

use std::collections::BTreeSet;
use std::path::Path;

use engine::machine::Machine;
use engine::scenario;
use engine::text::{FileId, SourceSet};

/// A protocol folder, ready to judge edits of its `protocol.toml`.
#[derive(Debug)]
pub struct Bench {
    files: Vec<(String, Vec<u8>)>,
    scenarios: Vec<SourceSet>,
    faults: BTreeSet<String>,
    timelines: Vec<String>,
}

/// Who noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// `check` reports something it did not report before.
    Check,
    /// A scenario fails, or its timeline reads differently.
    Scenario,
    /// Nobody.
    Unnoticed,
}

impl Bench {
    /// Reads a protocol folder that loads and whose scenarios pass.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(folder: &Path) -> anyhow::Result<Self> {
        let sources = store::folder::read(folder)?;
        let files = sources.files().map(|(_, it)| (it.path.clone(), it.bytes.clone())).collect();
        let scenarios = store::folder::scenarios(folder)?;
        let scenarios = scenarios.into_iter().map(|file| SourceSet::new("", [file])).collect();
        let (machine, faults) = engine::load(&sources);
        let Some(machine) = machine else { anyhow::bail!("the protocol has faults: {faults:?}") };
        let mut bench = Self { files, scenarios, faults: said(&faults), timelines: Vec::new() };
        bench.timelines = bench.told(&machine)?;
        Ok(bench)
    }

    /// The text of the protocol.
    #[must_use]
    pub fn text(&self) -> String {
        let file = self.files.iter().find(|(path, _)| path == "protocol.toml");
        file.map_or_else(String::new, |(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    }

    /// Who notices when the protocol says this instead.
    #[must_use]
    pub fn judge(&self, text: &str) -> Verdict {
        let files = self.files.iter().map(|(path, bytes)| {
            let edited = path == "protocol.toml";
            (path.clone(), if edited { text.as_bytes().to_vec() } else { bytes.clone() })
        });
        let (machine, faults) = engine::load(&SourceSet::new("", files));
        let Some(machine) = machine else { return Verdict::Check };
        if !said(&faults).is_subset(&self.faults) {
            return Verdict::Check;
        }
        match self.told(&machine) {
            Ok(timelines) if timelines == self.timelines => Verdict::Unnoticed,
            _ => Verdict::Scenario,
        }
    }

    fn told(&self, machine: &Machine) -> anyhow::Result<Vec<String>> {
        let each = self.scenarios.iter().map(|sources| {
            let (story, faults) = scenario::read(sources, FileId(0), machine);
            let Some(story) = story else { anyhow::bail!("a scenario has faults: {faults:?}") };
            let outcome = scenario::run(machine, &story);
            if let Some(failure) = outcome.failures().next() {
                anyhow::bail!("{} fails: {failure:?}", story.path);
            }
            Ok(scenario::timeline(machine, &story, &outcome))
        });
        each.collect()
    }
}

fn said(faults: &engine::diagnostic::Diagnostics) -> BTreeSet<String> {
    faults.iter().map(|fault| format!("{}: {}", fault.code.name, fault.message)).collect()
}
