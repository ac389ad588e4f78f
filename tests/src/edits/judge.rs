//! Who notices an edit.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use engine::machine::Machine;
use engine::scenario;
use engine::text::{FileId, SourceSet};

use crate::edits::Edit;

/// A protocol folder, ready to judge edits of its files.
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
        let scenarios: Vec<SourceSet> =
            scenarios.into_iter().map(|file| SourceSet::new("", [file])).collect();
        let (machine, faults) = engine::load(&sources);
        let Some(machine) = machine else { anyhow::bail!("the protocol has faults: {faults:?}") };
        let timelines: anyhow::Result<_> =
            scenarios.iter().map(|scenario| told(scenario, &machine)).collect();
        Ok(Self { files, scenarios, faults: said(&faults), timelines: timelines? })
    }

    /// The texts of the protocol: `protocol.toml` and what it includes, without sets of holidays. A
    /// part that ships is edited where it is written, in the protocol around it.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, String)> {
        let own = |path: &str| {
            let is_own = !path.contains("calendars/") && !path.starts_with("shipped:");
            path.ends_with(".toml") && is_own
        };
        let files = self.files.iter().filter(|(path, _)| own(path));
        files
            .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect()
    }

    /// Who notices each edit, in the order of the edits. Every core takes the next one when it is
    /// done with the last.
    #[must_use]
    pub fn judge_all(&self, edits: &[Edit]) -> Vec<Verdict> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            let mut order: Vec<usize> = (0..self.scenarios.len()).collect();
            while let Some((place, edit)) = numbered(edits, next.fetch_add(1, Ordering::Relaxed)) {
                done.push((place, self.judge(edit, &mut order)));
            }
            done
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let mut done: Vec<(usize, Verdict)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
        });
        done.sort_unstable_by_key(|(place, _)| *place);
        done.into_iter().map(|(_, verdict)| verdict).collect()
    }

    /// Who notices an edit. Whichever scenario notices is asked first of the next one: edits of
    /// one place are mostly noticed by the same.
    #[must_use]
    pub fn judge(&self, edit: &Edit, order: &mut [usize]) -> Verdict {
        let files = self.files.iter().map(|(path, bytes)| {
            let edited = *path == edit.path;
            (path.clone(), if edited { edit.text.as_bytes().to_vec() } else { bytes.clone() })
        });
        let (machine, faults) = engine::load(&SourceSet::new("", files));
        let Some(machine) = machine else { return Verdict::Check };
        if !said(&faults).is_subset(&self.faults) {
            return Verdict::Check;
        }
        let notices = |scenario: &usize| {
            let before = self.timelines.get(*scenario);
            let told = self.scenarios.get(*scenario).map(|it| told(it, &machine));
            told.is_none_or(|it| it.is_err() || it.ok().as_ref() != before)
        };
        match order.iter().position(notices) {
            None => Verdict::Unnoticed,
            Some(found) => {
                order[..=found].rotate_right(1);
                Verdict::Scenario
            }
        }
    }
}

/// The timeline of a scenario that passes.
fn told(scenario: &SourceSet, machine: &Machine) -> anyhow::Result<String> {
    let (story, faults) = scenario::read(scenario, FileId(0), machine);
    let Some(story) = story else { anyhow::bail!("a scenario has faults: {faults:?}") };
    let outcome = scenario::run(machine, &story);
    if let Some(failure) = outcome.failures().next() {
        anyhow::bail!("{} fails: {failure:?}", story.path);
    }
    Ok(scenario::timeline(machine, &story, &outcome))
}

fn numbered(edits: &[Edit], place: usize) -> Option<(usize, &Edit)> {
    edits.get(place).map(|edit| (place, edit))
}

fn said(faults: &engine::diagnostic::Diagnostics) -> BTreeSet<String> {
    faults.iter().map(|fault| format!("{}: {}", fault.code.name, fault.message)).collect()
}
