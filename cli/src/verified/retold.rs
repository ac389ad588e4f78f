//! A course told again by the engine, moment by moment.

use analysis::Course;
use anyhow::{Context as _, bail};
use engine::machine::Machine;
use engine::model::Party;
use engine::runtime::{
    self, ACTS_MAX, Case, ClockId, Context, Event, Fact, FactKind, NoDecision, next_due, outlook,
};
use engine::text::Strings;
use engine::time::Instant;

/// What happened on a course.
pub(crate) struct Retold {
    /// Each moment at which something happened, in order.
    pub moments: Vec<Moment>,
    /// The case at the end of the course.
    pub case: Case,
}

/// Somebody did something, or time did.
pub(crate) struct Moment {
    /// When.
    pub at: Instant,
    /// What was reported; nothing where time alone acted.
    pub event: Option<Event>,
    /// What followed.
    pub facts: Vec<Fact>,
    /// The duties that were missed at this moment, and whose they were.
    pub missed: Vec<Missed>,
}

/// A duty that was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Missed {
    pub clock: ClockId,
    /// Who was silent.
    pub who: Option<Party>,
}

/// Goes through a course with the engine.
///
/// # Errors
/// The engine refuses it: then it is no course of this protocol.
pub(crate) fn retold(machine: &Machine, course: &Course) -> anyhow::Result<Retold> {
    let mut telling = Telling {
        machine,
        strings: &course.strings,
        case: Case::new(machine),
        moments: Vec::new(),
    };
    for event in &course.events {
        telling.time_acts(event.at)?;
        telling.happens(event)?;
    }
    telling.time_acts(course.until)?;
    Ok(Retold { moments: telling.moments, case: telling.case })
}

struct Telling<'a> {
    machine: &'a Machine,
    strings: &'a Strings,
    case: Case,
    moments: Vec<Moment>,
}

impl Telling<'_> {
    /// Lets time act before an instant, each act at its own.
    fn time_acts(&mut self, until: Instant) -> anyhow::Result<()> {
        for _ in 0..ACTS_MAX {
            let Some(next) = next_due(&self.case).filter(|it| *it <= until) else { return Ok(()) };
            let context = Context::new(self.strings);
            let done = runtime::wake(self.machine, &self.case, next, &context);
            let facts = done.map_err(|none| refused(self.machine, &none))?.facts;
            if facts.is_empty() {
                bail!("time has nothing to do in a course of the analysis");
            }
            self.follows(None, facts);
        }
        bail!("time does not stop acting in a course of the analysis")
    }

    fn happens(&mut self, event: &Event) -> anyhow::Result<()> {
        let context = Context::new(self.strings);
        let done = runtime::decide(self.machine, &self.case, event, &context);
        let decision = done
            .map_err(|none| refused(self.machine, &none))
            .context("the engine does not go through a course of the analysis")?;
        self.follows(Some(event.clone()), decision.facts);
        Ok(())
    }

    fn follows(&mut self, event: Option<Event>, facts: Vec<Fact>) {
        let Some(at) = facts.first().map(|it| it.at) else { return };
        let owed = outlook(self.machine, &self.case, at).owed;
        let missed = facts.iter().filter_map(|fact| match fact.kind {
            FactKind::Breached { clock } => {
                let is_it = |it: &&runtime::Owed| {
                    (it.deadline, it.occurrence) == (clock.deadline, clock.occurrence)
                };
                Some(Missed { clock, who: owed.iter().find(is_it).and_then(|it| it.who) })
            }
            _ => None,
        });
        let missed = missed.collect();
        for fact in &facts {
            runtime::apply(&mut self.case, fact);
        }
        self.moments.push(Moment { at, event, facts, missed });
    }
}

fn refused(machine: &Machine, none: &NoDecision) -> anyhow::Error {
    let why = match none {
        NoDecision::Refused(refusal) => refusal.sentences(machine).join("; "),
        NoDecision::Faulted(fault) => fault.kind.sentence(&machine.protocol),
    };
    anyhow::anyhow!(why)
}
