//! What a scenario tells: its timeline, its letters, and what may be erased of its cases.

use std::collections::BTreeSet;

use engine::letter::{self, Letter, Occasion, Unwritten};
use engine::machine::Machine;
use engine::model::{Party, RetentionId};
use engine::runtime::{self, Context, Fact};
use engine::scenario::{self, Outcome, Scenario, Sent};
use engine::text::{FileId, Language, SourceSet};
use engine::time::NaiveDate;

/// A scenario, and the letters of which it is the first to send one.
#[derive(Debug)]
pub(super) struct Story {
    file: SourceSet,
    letters: BTreeSet<String>,
}

/// What it told of a protocol.
#[derive(Debug, PartialEq)]
pub(super) struct Told {
    timeline: String,
    kept: Vec<String>,
    letters: Vec<(String, Result<Letter, Unwritten>)>,
}

/// A scenario that has passed.
struct Passed {
    scenario: Scenario,
    outcome: Outcome,
}

impl Story {
    /// A scenario, given by its path and its bytes. `shown` are the letters that others show.
    pub(super) fn new(
        file: (String, Vec<u8>),
        machine: &Machine,
        shown: &mut BTreeSet<String>,
    ) -> anyhow::Result<Self> {
        let file = SourceSet::new("", [file]);
        let passed = passed(&file, machine)?;
        let sent = scenario::sent(machine, &passed.outcome);
        let names = sent.iter().map(|it| name(machine, it));
        let letters = names.filter(|it| shown.insert(it.clone())).collect();
        Ok(Self { file, letters })
    }

    /// What it tells.
    pub(super) fn told(&self, machine: &Machine) -> anyhow::Result<Told> {
        let passed = passed(&self.file, machine)?;
        Ok(Told {
            timeline: passed.timeline(machine),
            kept: passed.kept(machine),
            letters: passed.letters(machine, &self.letters),
        })
    }

    /// Whether it passes and tells the same as before: what costs least is asked first.
    pub(super) fn is_told(&self, machine: &Machine, before: &Told) -> bool {
        passed(&self.file, machine).is_ok_and(|passed| {
            passed.timeline(machine) == before.timeline
                && passed.kept(machine) == before.kept
                && passed.letters(machine, &self.letters) == before.letters
        })
    }
}

impl Passed {
    fn timeline(&self, machine: &Machine) -> String {
        scenario::timeline(machine, &self.scenario, &self.outcome)
    }

    /// What may be erased of each case once everything has been kept for its time.
    fn kept(&self, machine: &Machine) -> Vec<String> {
        let strings = &self.outcome.strings;
        let context = Context::new(strings);
        let mut told = Vec::new();
        for (_, held) in self.outcome.register.iter().take(self.scenario.cases.len()) {
            let facts: Vec<Fact> = held.facts().copied().collect();
            for (place, entry) in machine.protocol.retention.iter().enumerate() {
                let (case, id) = (&held.case, RetentionId::at(place));
                let stands = runtime::erasable(machine, case, &facts, &context, id, NaiveDate::MAX);
                let erased = stands.map(|it| it.map(|it| it.slots));
                let slots = erased.map(|it| {
                    it.map(|all| all.into_iter().map(|it| strings.get(it)).collect::<Vec<_>>())
                });
                told.push(format!("{}, {}: {slots:?}", held.name, entry.name));
            }
        }
        told
    }

    /// The first of each of these letters, in every language to everybody who receives it.
    fn letters(
        &self,
        machine: &Machine,
        wanted: &BTreeSet<String>,
    ) -> Vec<(String, Result<Letter, Unwritten>)> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut written = Vec::new();
        let mut left = wanted.clone();
        for sent in scenario::sent(machine, &self.outcome) {
            let name = name(machine, &sent);
            if !left.remove(&name) {
                continue;
            }
            for language in &machine.protocol.languages {
                for to in letter::recipients(machine, sent.letter, &sent.case) {
                    written.push((name.clone(), self.letter(machine, &sent, *language, to)));
                }
            }
        }
        written
    }

    fn letter(
        &self,
        machine: &Machine,
        sent: &Sent,
        language: Language,
        recipient: Party,
    ) -> Result<Letter, Unwritten> {
        let strings = &self.outcome.strings;
        let occasion = Occasion {
            letter: sent.letter,
            language,
            recipient,
            case: &sent.case,
            strings,
            personal: &scenario::personal(&self.scenario),
            ticket: &sent.ticket,
            at: sent.at,
            reason: sent.reason.map(|it| strings.get(it)),
            stop: sent.stop,
        };
        letter::render(machine, &occasion)
    }
}

/// Which letter it is, and on which rung: who handles the case is told there.
fn name(machine: &Machine, sent: &Sent) -> String {
    let letter = machine.protocol.letters.get(sent.letter.index()).map_or("", |it| &it.name);
    let rung = machine.protocol.ladder.get(sent.case.rung.index()).map_or("", |it| &it.name);
    format!("{letter} {rung}")
}

/// Plays a scenario.
///
/// # Errors
/// What is wrong with it, or where it fails.
fn passed(file: &SourceSet, machine: &Machine) -> anyhow::Result<Passed> {
    let (scenario, faults) = scenario::read(file, FileId(0), machine);
    let Some(scenario) = scenario else { anyhow::bail!("a scenario has faults: {faults:?}") };
    let outcome = scenario::run(machine, &scenario);
    if let Some(failure) = outcome.failures().next() {
        anyhow::bail!("{} fails: {failure:?}", scenario.path);
    }
    Ok(Passed { scenario, outcome })
}
