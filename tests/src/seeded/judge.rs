//! What becomes of the guarantees of a protocol in which a fault was made.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use analysis::{Asked, Options, Outcome, Verdict, prove};
use engine::diagnostic::Diagnostics;
use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};
use engine::text::SourceSet;

use super::operators::{Operator, faults};
use super::oracle::{Truth, truths};
use super::spoken::{outside, speaks_of};
use crate::edits::Edit;

/// How many situations a proof looks at.
const SITUATIONS: usize = 30_000;

/// A protocol that ships, and what is said of its guarantees.
pub(super) struct Subject {
    files: Vec<(String, Vec<u8>)>,
    machine: Machine,
    said: BTreeSet<(String, String)>,
    /// The verdict on each guarantee, in file order, once somebody asks.
    verdicts: OnceLock<Vec<Verdict>>,
    /// Every fault that can be made in it.
    pub(super) faults: Vec<(Operator, Edit)>,
}

/// What becomes of a protocol by a fault.
pub(super) enum Became {
    /// `check` says that it is no protocol any more, with these codes.
    Refused(BTreeSet<String>),
    /// It still is one.
    Judged(Judged),
}

/// What is said of the guarantees of a protocol with a fault.
pub(super) struct Judged {
    /// What no proof is about, where the fault is there.
    pub(super) outside: Option<&'static str>,
    /// The codes of what `check` reports now and did not before.
    pub(super) warned: BTreeSet<String>,
    /// Each guarantee.
    pub(super) each: Vec<OfOne>,
}

/// A guarantee before a fault and with it.
pub(super) struct OfOne {
    pub(super) id: String,
    pub(super) before: Verdict,
    pub(super) after: Verdict,
    /// Whether what was changed is among what is looked at for it.
    pub(super) spoken: bool,
    /// What the grid and the engine say; nothing where the guarantee is not concerned.
    pub(super) truth: Option<Truth>,
}

impl Subject {
    /// Reads a protocol folder that loads.
    pub(super) fn new(folder: &Path) -> anyhow::Result<Self> {
        let sources = store::folder::read(folder)?;
        let files: Vec<(String, Vec<u8>)> =
            sources.files().map(|(_, it)| (it.path.clone(), it.bytes.clone())).collect();
        let (machine, faults_found) = engine::load(&sources);
        let Some(machine) = machine else { anyhow::bail!("it has faults: {faults_found:?}") };
        let own = |path: &str| {
            let is_own = !path.contains("calendars/") && !path.starts_with("shipped:");
            path.ends_with(".toml") && is_own
        };
        let texts = files.iter().filter(|(path, _)| own(path));
        let texts: Vec<(String, String)> = texts
            .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect();
        let faults = faults(&texts);
        let (said, verdicts) = (said(&faults_found), OnceLock::new());
        Ok(Self { files, machine, said, verdicts, faults })
    }

    /// The verdict on each of its guarantees, in file order.
    pub(super) fn verdicts(&self) -> &[Verdict] {
        self.verdicts.get_or_init(|| verdicts(&self.machine))
    }

    /// The names of its guarantees.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.machine.protocol.guarantees.iter().map(|it| it.id.as_str())
    }

    /// What becomes of it by a fault.
    pub(super) fn judge(&self, edit: &Edit) -> Became {
        let files = self.files.iter().map(|(path, bytes)| {
            let edited = *path == edit.path;
            (path.clone(), if edited { edit.text.as_bytes().to_vec() } else { bytes.clone() })
        });
        let (machine, found) = engine::load(&SourceSet::new("", files));
        let new = said(&found).difference(&self.said).map(|it| it.0.clone()).collect();
        let Some(machine) = machine.filter(|_| !found.has_errors()) else {
            return Became::Refused(new);
        };
        let before = self.files.iter().find(|(path, _)| *path == edit.path);
        let before = before
            .map_or_else(String::new, |(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        let each = self.verdicts().iter().enumerate().map(|(place, verdict)| {
            let id = GuaranteeId::at(place);
            // A proof does not look at what a guarantee does not speak of: it would be the same.
            let spoken = [&self.machine, &machine]
                .iter()
                .any(|machine| speaks_of(machine, id, &before, &edit.what));
            OfOne {
                id: machine.protocol.guarantees[place].id.clone(),
                before: verdict.clone(),
                after: if spoken { asked(&machine, id) } else { verdict.clone() },
                spoken,
                truth: None,
            }
        });
        let mut each: Vec<OfOne> = each.collect();
        let spoken: Vec<usize> = (0..each.len()).filter(|at| each[*at].spoken).collect();
        let asked = spoken.iter().map(|at| (GuaranteeId::at(*at), &each[*at].after));
        let truths = truths(&machine, &asked.collect::<Vec<_>>());
        for (at, truth) in spoken.into_iter().zip(truths) {
            each[at].truth = Some(truth);
        }
        Became::Judged(Judged { outside: outside(&edit.what), warned: new, each })
    }

    /// Whether a course that breaks a guarantee with a fault breaks it without as well: then the
    /// fault changed nothing about its truth. Nothing where it cannot be replayed at all.
    pub(super) fn breaks_too(&self, id: usize, verdict: &Verdict) -> bool {
        let Outcome::Refuted(course) = &verdict.outcome else { return false };
        let asked = self.machine.protocol.guarantees.get(id).map(|it| &it.promise);
        // That nothing is possible, and that there is no way, shows on no single course.
        let is_watched =
            !matches!(asked, Some(Promise::Possible { .. } | Promise::Reachable { .. }) | None);
        is_watched && crate::verified::replayed(&self.machine, GuaranteeId::at(id), course).is_ok()
    }
}

/// What is said of each guarantee.
fn verdicts(machine: &Machine) -> Vec<Verdict> {
    (0..machine.protocol.guarantees.len()).map(|at| asked(machine, GuaranteeId::at(at))).collect()
}

fn asked(machine: &Machine, id: GuaranteeId) -> Verdict {
    let options = Options { situations: SITUATIONS, ..Options::new(machine) };
    prove(machine, Asked::Own(id), &options)
}

/// What kind of verdict it is.
pub(super) fn kind(verdict: &Verdict) -> &'static str {
    match &verdict.outcome {
        Outcome::Proved(it) if it.vacuous => "proved, nothing asks for it",
        Outcome::Proved(_) => "proved",
        Outcome::Refuted(_) => "refuted",
        Outcome::Impossible(_) => "impossible",
        Outcome::Undecided(_) => "undecided",
    }
}

fn said(faults: &Diagnostics) -> BTreeSet<(String, String)> {
    faults.iter().map(|fault| (fault.code.name.to_owned(), fault.message.clone())).collect()
}
