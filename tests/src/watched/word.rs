//! A timed word: what happened to a case, decision by decision.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{EventId, Party, Point, RoleId, StageId};
use engine::runtime::{Actor, Case, Context, Event, Fact, FactKind, apply, decide, next_due, wake};
use engine::text::Strings;
use engine::time::Instant;

use crate::random::Random;

/// What one decision did.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) at: Instant,
    pub(super) points: BTreeSet<Point>,
    /// The stage in which the case is after it.
    pub(super) stage: StageId,
}

/// What happened to a case until an instant.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) letters: Vec<Letter>,
    /// What is due before this instant has acted.
    pub(super) until: Instant,
    /// What the case recorded, its guarantees included.
    pub(super) facts: Vec<Fact>,
}

const HOUR_MS: i64 = 3_600_000;
/// Monday 2 March 2026 at 09:00 in London.
const BEGIN_MS: i64 = 1_772_442_000_000;

/// A random course: often several things at one instant, often exactly when something is due.
pub(super) fn word(machine: &Machine, random: &mut Random) -> Word {
    let mut strings = machine.strings();
    let person = strings.intern("somebody");
    let mut told = Telling {
        machine,
        strings,
        case: Case::new(machine),
        letters: Vec::new(),
        facts: Vec::new(),
    };
    let mut at = Instant::from_ms(BEGIN_MS);
    let events = machine.protocol.events.iter().position(|it| it.name == "looked").unwrap_or(0);
    let n_steps = 3 + random.below(12);
    for step in 0..n_steps {
        let kind = match step {
            0 => EventId::OPENED,
            // The case is ended late, if at all.
            _ if random.one_in(15) => EventId::at(events + 4),
            _ => EventId::at(events + random.below(4)),
        };
        let actor = Actor { party: Party::Role(RoleId(0)), person: Some(person) };
        let id = told.strings.intern(&format!("event-{step}"));
        told.report(&Event::new(id, kind, at, actor));
        let due = next_due(&told.case).map(|it| Instant::from_ms(it.ms() - 1));
        at = match (random.below(8), due) {
            (0..=1, _) => at,
            (2..=3, Some(due)) if due >= at => due,
            (4, _) => Instant::from_ms(at.ms() + 1),
            (hours, _) => {
                let hours = i64::try_from(hours).unwrap_or(1);
                Instant::from_ms(at.ms() + hours * HOUR_MS)
            }
        };
    }
    let until = Instant::from_ms(at.ms() + 40 * HOUR_MS);
    told.pass(until);
    Word { letters: told.letters, until, facts: told.facts }
}

struct Telling<'m> {
    machine: &'m Machine,
    strings: Strings,
    case: Case,
    letters: Vec<Letter>,
    facts: Vec<Fact>,
}

impl Telling<'_> {
    /// Lets time act before an instant, and then reports something, if it is allowed.
    fn report(&mut self, event: &Event) {
        self.pass(event.at);
        let decided = decide(self.machine, &self.case, event, &Context::new(&self.strings));
        if let Ok(decision) = decided {
            self.one(event.at, &decision.facts);
        }
    }

    /// Everything that is due before an instant, each thing by itself: it begins with a breach.
    fn pass(&mut self, until: Instant) {
        while let Some(next) = next_due(&self.case).filter(|it| *it <= until) {
            let context = Context::new(&self.strings);
            let Ok(decision) = wake(self.machine, &self.case, next, &context) else { return };
            let is_first = |fact: &Fact| matches!(fact.kind, FactKind::Breached { .. });
            let mut rest = decision.facts.as_slice();
            while !rest.is_empty() {
                let later = rest.iter().skip(1).position(is_first);
                let (one, after) = rest.split_at(later.map_or(rest.len(), |it| it + 1));
                self.one(one[0].at, one);
                rest = after;
            }
        }
    }

    fn one(&mut self, at: Instant, facts: &[Fact]) {
        let mut points = BTreeSet::new();
        for fact in facts {
            apply(&mut self.case, fact);
            points.extend(point(fact));
        }
        self.facts.extend_from_slice(facts);
        if !points.is_empty() {
            self.letters.push(Letter { at, points, stage: self.case.stage });
        }
    }
}

/// The point that a fact is, of those that this protocol has.
fn point(fact: &Fact) -> Option<Point> {
    match fact.kind {
        FactKind::Reported { event, .. } => Some(Point::Event(event)),
        FactKind::LetterDue { letter } => Some(Point::Letter(letter)),
        FactKind::StageEntered { stage } => Some(Point::Stage(stage)),
        FactKind::Breached { clock } => Some(Point::Breach(clock.deadline)),
        FactKind::Met { clock, .. } => Some(Point::Met(clock.deadline)),
        _ => None,
    }
}
