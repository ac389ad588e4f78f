//! The virtual clock: where it goes, and what acts on the way.

use crate::machine::Machine;
use crate::model::Point;
use crate::runtime::{ACTS_MAX, Fact, FactKind, NoDecision, next_due};
use crate::scenario::running::run::wake;
use crate::scenario::running::underway::Running;
use crate::time::{
    self, Allowance, Base, Course, Ends, FirstDay, Instant, OutsideHours, Roll, Rules, Start, Term,
    TimeError, Twice,
};

/// How far a step looks ahead for what it waits for.
pub(crate) const UNTIL_YEARS_MAX: u32 = 20;

/// How a wait is counted: the same time of day on the last day, no rolling.
const WAITING: Rules = Rules {
    first_day: FirstDay::Next,
    ends: Ends::Exact,
    roll: Roll::None,
    outside_hours: OutsideHours::AsIs,
    twice: Twice::Earlier,
};

/// The instant a term after another, counted as people wait: days and longer keep the time of
/// day.
pub(crate) fn after(machine: &Machine, from: Instant, term: Term) -> Result<Instant, TimeError> {
    let calendar = machine.protocol.calendars.first().ok_or(TimeError::NeverOpen)?;
    let allowance = Allowance::Term(term);
    let start = Start { at: from, date_only: false, receipt: false };
    let base = Base::Allowance(&allowance);
    let course = Course { start, base, additions: &[], pauses: &[] };
    let due = time::due(calendar, WAITING, &course)?;
    due.at.ok_or(TimeError::OutOfRange)
}

/// What came of running the clock until something happens.
pub(crate) enum Awaited {
    /// It happened at this instant.
    Happened(Instant),
    /// Nothing is left that could act, or it lies too far ahead.
    Never,
}

/// Lets time act until a point has happened.
pub(crate) fn until(running: &mut Running<'_>, point: Point) -> Result<Awaited, NoDecision> {
    let term = Term { amount: UNTIL_YEARS_MAX, unit: time::Unit::Years };
    let limit = after(running.machine, running.now, term).unwrap_or(Instant::MAX);
    for _ in 0..ACTS_MAX {
        let Some(next) = next_due(running.case()).filter(|next| *next <= limit) else { break };
        let before = running.facts.len();
        wake(running, next)?;
        let made = running.facts.get(before..).unwrap_or_default();
        if let Some(fact) = made.iter().find(|fact| is(fact, point)) {
            return Ok(Awaited::Happened(fact.at));
        }
    }
    Ok(Awaited::Never)
}

/// Whether a fact says that a point happened.
fn is(fact: &Fact, point: Point) -> bool {
    match (fact.kind, point) {
        (FactKind::Breached { clock }, Point::Breach(id))
        | (FactKind::Lapsed { clock }, Point::Lapse(id))
        | (FactKind::Met { clock, .. }, Point::Met(id)) => clock.deadline == id,
        (FactKind::StageEntered { stage }, Point::Stage(id)) => stage == id,
        (FactKind::Escalated { rung }, Point::Rung(id)) => rung == id,
        (FactKind::LetterDue { letter }, Point::Letter(id)) => letter == id,
        (FactKind::Escalated { .. }, Point::Escalated) | (FactKind::Reopened, Point::Reopened) => {
            true
        }
        _ => false,
    }
}
