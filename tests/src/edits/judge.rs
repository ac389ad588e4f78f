//! Who notices an edit.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use engine::diagnostic::Diagnostics;
use engine::machine::Machine;
use engine::text::SourceSet;

use crate::edits::Edit;
use crate::edits::told::{Story, Told};

/// How many scenarios are asked before the protocol is looked over as a whole, which costs as much
/// as several of them.
const ASKED_FIRST: usize = 4;

/// A protocol folder, ready to judge edits of its files.
#[derive(Debug)]
pub struct Bench {
    files: Vec<(String, Vec<u8>)>,
    stories: Vec<Story>,
    faults: BTreeSet<String>,
    told: Vec<Told>,
}

/// Who noticed first. Parts of the protocol are asked before scenarios, and some scenarios before
/// the protocol as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// `check` reports something it did not report before.
    Check,
    /// A scenario fails, or its timeline, one of its letters, or what may be erased of it reads
    /// differently.
    Scenario,
    /// Nobody.
    Unnoticed,
}

/// The scenarios in the order in which they are asked: whichever noticed the last edit of the same
/// table, then those that noticed an edit last.
struct Asked {
    order: Vec<usize>,
    by_table: BTreeMap<String, usize>,
}

impl Bench {
    /// Reads a protocol folder that loads and whose scenarios pass.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(folder: &Path) -> anyhow::Result<Self> {
        let sources = store::folder::read(folder)?;
        let files = sources.files().map(|(_, it)| (it.path.clone(), it.bytes.clone())).collect();
        let (machine, faults) = engine::load(&sources);
        let Some(machine) = machine else { anyhow::bail!("the protocol has faults: {faults:?}") };
        let (mut stories, mut told, mut shown) = (Vec::new(), Vec::new(), BTreeSet::new());
        for file in store::folder::scenarios(folder)? {
            let story = Story::new(file, &machine, &mut shown)?;
            told.push(story.told(&machine)?);
            stories.push(story);
        }
        Ok(Self { files, stories, faults: said(&faults), told })
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
            let order = (0..self.stories.len()).collect();
            let mut asked = Asked { order, by_table: BTreeMap::new() };
            while let Some((place, edit)) = numbered(edits, next.fetch_add(1, Ordering::Relaxed)) {
                done.push((place, self.judge(edit, &mut asked)));
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

    fn judge(&self, edit: &Edit, asked: &mut Asked) -> Verdict {
        let files = self.files.iter().map(|(path, bytes)| {
            let edited = *path == edit.path;
            (path.clone(), if edited { edit.text.as_bytes().to_vec() } else { bytes.clone() })
        });
        let mut faults = Diagnostics::default();
        let machine = engine::compile(&SourceSet::new("", files), &mut faults);
        let Some(machine) = machine.filter(|_| self.is_said(&faults)) else {
            return Verdict::Check;
        };
        let order = asked.of(&edit.what);
        let (first, rest) = order.split_at(order.len().min(ASKED_FIRST));
        let notices = |scenario: &&usize| self.notices(**scenario, &machine);
        if let Some(found) = first.iter().find(notices) {
            asked.noticed(&edit.what, *found);
            return Verdict::Scenario;
        }
        engine::look_over(&machine, &mut faults);
        if faults.has_errors() || !self.is_said(&faults) {
            return Verdict::Check;
        }
        if let Some(found) = rest.iter().find(notices) {
            asked.noticed(&edit.what, *found);
            return Verdict::Scenario;
        }
        Verdict::Unnoticed
    }

    /// Whether nothing is said that was not said before.
    fn is_said(&self, faults: &Diagnostics) -> bool {
        said(faults).is_subset(&self.faults)
    }

    fn notices(&self, scenario: usize, machine: &Machine) -> bool {
        let (Some(story), Some(before)) = (self.stories.get(scenario), self.told.get(scenario))
        else {
            return false;
        };
        !story.is_told(machine, before)
    }
}

impl Asked {
    fn of(&self, what: &str) -> Vec<usize> {
        let first = self.by_table.get(table(what)).copied();
        let others = self.order.iter().copied().filter(|it| Some(*it) != first);
        first.into_iter().chain(others).collect()
    }

    fn noticed(&mut self, what: &str, scenario: usize) {
        self.by_table.insert(table(what).to_owned(), scenario);
        if let Some(found) = self.order.iter().position(|it| *it == scenario) {
            self.order[..=found].rotate_right(1);
        }
    }
}

/// The table in which an edit is made: `deadlines.answer` of `delete deadlines.answer.source`.
fn table(what: &str) -> &str {
    let path = what.split_once(' ').map_or(what, |(_, path)| path);
    let end = path.match_indices(['.', ':']).nth(1).map_or(path.len(), |(at, _)| at);
    path.split_at(end).0
}

fn numbered(edits: &[Edit], place: usize) -> Option<(usize, &Edit)> {
    edits.get(place).map(|edit| (place, edit))
}

fn said(faults: &Diagnostics) -> BTreeSet<String> {
    faults.iter().map(|fault| format!("{}: {}", fault.code.name, fault.message)).collect()
}
