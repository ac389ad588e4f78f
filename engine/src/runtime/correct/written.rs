//! The difference as facts: what is withdrawn, what is added, and what is done because of it.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::model::{Party, RuleId};
use crate::runtime::correct::again::Again;
use crate::runtime::correct::difference::{Difference, Found, difference};
use crate::runtime::{Correction, Decision, Effect, EffectKind, Event, Fact, FactKind, Refusal};
use crate::text::Symbol;
use crate::time::Instant;

/// What was recorded before the news came.
pub(crate) struct Before<'a> {
    /// All facts, what time has done until now among them.
    pub(crate) facts: &'a [Fact],
    /// Those that stand and are decided again, in order.
    pub(crate) after: &'a [Fact],
    /// The events that are not decided again.
    pub(crate) kept: &'a BTreeSet<Symbol>,
    /// What time has done that nobody had recorded yet.
    pub(crate) passed: Decision,
    /// The instant from which the case was decided again.
    pub(crate) from: Instant,
}

/// Writes down what is different. `at` is when the event counts.
pub(crate) fn write(
    machine: &Machine,
    event: &Event,
    at: Instant,
    before: Before<'_>,
    again: Again,
) -> Correction {
    let rule = machine.protocol.events[event.kind.index()].rule;
    let difference = difference(before.after, &again.made);
    let aside = Aside::of(&before, &again.refused);
    let last = before.facts.iter().map(|it| it.sequence).max().unwrap_or(0);
    let mut writing = Writing { cause: event.id, at, last, facts: Vec::new(), effects: Vec::new() };
    let is_breach =
        |fact: &Fact| matches!(fact.kind, FactKind::Breached { .. } | FactKind::Broken { .. });
    let added = || {
        let found = again.made.iter().zip(&difference.found);
        found.filter(|(_, found)| **found == Found::Added).map(|((fact, _), _)| fact)
    };
    let is_told = difference.withdrawn.iter().any(is_breach)
        || added().any(is_breach)
        || !aside.added.is_empty();
    let corrects = !difference.withdrawn.is_empty()
        || !aside.is_empty()
        || added().any(|fact| fact.cause != Some(event.id));
    let told = is_told.then_some(Party::Role(machine.protocol.accountable));
    if corrects {
        let heading = FactKind::Corrected { from: before.from, facts: 0, told };
        writing.note(rule, heading);
        if let Some(party) = told {
            let kind = EffectKind::Tell(party);
            writing.do_next(Effect { sequence: 0, index: 0, rule, kind, not_before: None });
        }
    }
    for fact in difference.withdrawn.iter().chain(&aside.withdrawn) {
        writing.note(fact.rule, FactKind::Withdrawn { sequence: fact.sequence });
    }
    for (event, rule) in &aside.added {
        writing.note(*rule, FactKind::SetAside { event: *event });
    }
    writing.add(&before, &again, &difference);
    finish(writing, before, again, &difference)
}

/// Counts what belongs to the correction and puts what time did before it.
fn finish(
    writing: Writing,
    before: Before<'_>,
    again: Again,
    difference: &Difference,
) -> Correction {
    let Writing { mut facts, effects, last, .. } = writing;
    let n_facts = u32::try_from(facts.len()).unwrap_or(u32::MAX).saturating_sub(1);
    if let Some(Fact { kind: FactKind::Corrected { facts, .. }, .. }) = facts.first_mut() {
        *facts = n_facts;
    }
    let mut case = again.case;
    case.sequence = last;
    let withdrawn =
        |effect: &Effect| difference.withdrawn.iter().any(|fact| fact.sequence == effect.sequence);
    let Decision { facts: passed, effects: of_passed } = before.passed;
    let of_passed = of_passed.into_iter().filter(|it| !withdrawn(it));
    Correction {
        facts: passed.into_iter().chain(facts).collect(),
        effects: of_passed.chain(effects).collect(),
        case,
    }
}

/// The facts being written.
struct Writing {
    cause: Symbol,
    at: Instant,
    /// The number of the latest fact.
    last: u32,
    facts: Vec<Fact>,
    effects: Vec<Effect>,
}

impl Writing {
    /// A fact about the record.
    fn note(&mut self, rule: RuleId, kind: FactKind) {
        let (at, cause) = (self.at, Some(self.cause));
        self.push(Fact { sequence: 0, at, cause, rule, kind });
    }

    fn push(&mut self, fact: Fact) {
        self.last = self.last.saturating_add(1);
        self.facts.push(Fact { sequence: self.last, ..fact });
    }

    /// Something to do after the fact written last.
    fn do_next(&mut self, effect: Effect) {
        self.effects.push(Effect { sequence: self.last, ..effect });
    }

    /// Adds what is new, in order, each fact in front of those of its instant that stand after it.
    fn add(&mut self, before: &Before<'_>, again: &Again, difference: &Difference) {
        let made: Vec<_> = again.made.iter().zip(&difference.found).collect();
        let first_passed = before.passed.facts.first().map_or(u32::MAX, |it| it.sequence);
        let was_done = |fact: &&Fact| fact.sequence < first_passed;
        let mut done: Vec<Fact> = difference.withdrawn.iter().filter(was_done).copied().collect();
        for (place, ((fact, effects), found)) in made.iter().enumerate() {
            if **found != Found::Added {
                continue;
            }
            self.push(*fact);
            let number = self.last;
            let same = |it: &&(&(Fact, Vec<Effect>), &Found)| {
                (it.0.0.at, it.0.0.cause.is_none()) == (fact.at, fact.cause.is_none())
            };
            let following = made.iter().skip(place.saturating_add(1)).take_while(same);
            let next = following.into_iter().find_map(|(_, found)| match found {
                Found::Kept(sequence) => Some(*sequence),
                Found::Added => None,
            });
            if !effects.is_empty() && !take(&mut done, fact) {
                for effect in effects {
                    self.do_next(*effect);
                }
            }
            if let Some(kept) = next {
                self.note(fact.rule, FactKind::InsertedBefore { fact: number, before: kept });
            }
        }
    }
}

/// Whether the same was done before at another instant; each such act counts once.
fn take(done: &mut Vec<Fact>, fact: &Fact) -> bool {
    let told = |it: &Fact| matches!(it.kind, FactKind::Told { .. });
    let same = |it: &Fact| {
        (it.cause, it.rule) == (fact.cause, fact.rule)
            && (it.kind == fact.kind || told(it) && told(fact))
    };
    let place = done.iter().position(same);
    place.map(|place| done.remove(place)).is_some()
}

/// The events that have no effect any more, or have one again.
struct Aside {
    /// The facts that said that an event had no effect.
    withdrawn: Vec<Fact>,
    /// The events that have none now, and the entry that refuses each.
    added: Vec<(Symbol, RuleId)>,
}

impl Aside {
    fn of(before: &Before<'_>, refused: &[(Symbol, Refusal)]) -> Self {
        let is_withdrawn = |fact: &Fact| {
            let it = FactKind::Withdrawn { sequence: fact.sequence };
            before.facts.iter().any(|fact| fact.kind == it)
        };
        let stood: Vec<(Symbol, &Fact)> = before
            .facts
            .iter()
            .filter_map(|fact| match fact.kind {
                FactKind::SetAside { event } => Some((event, fact)),
                _ => None,
            })
            .filter(|(_, fact)| !is_withdrawn(fact))
            .collect();
        let stays = |event: Symbol, rule: RuleId| {
            stood.iter().any(|(it, fact)| *it == event && fact.rule == rule)
        };
        let still = |event: Symbol, rule: RuleId| {
            before.kept.contains(&event)
                || refused.iter().any(|(it, refusal)| *it == event && refusal.rule == rule)
        };
        let withdrawn = stood.iter().filter(|(event, fact)| !still(*event, fact.rule));
        let added = refused.iter().map(|(event, refusal)| (*event, refusal.rule));
        Self {
            withdrawn: withdrawn.map(|(_, fact)| **fact).collect(),
            added: added.filter(|(event, rule)| !stays(*event, *rule)).collect(),
        }
    }

    const fn is_empty(&self) -> bool {
        self.withdrawn.is_empty() && self.added.is_empty()
    }
}
