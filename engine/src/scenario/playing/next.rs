//! What time does next.

use crate::machine::Machine;
use crate::model::Point;
use crate::runtime::{Fact, FactKind, NoDecision, ReportedAt, next_due};
use crate::scenario::Movement;
use crate::scenario::playing::Unplayable;
use crate::scenario::running::{Running, wake};
use crate::time::Instant;

const MINUTE_MS: i64 = 60_000;

/// The first whole minute that is not before an instant.
pub(crate) fn whole_minute(at: Instant) -> Instant {
    match at.ms().rem_euclid(MINUTE_MS) {
        0 => at,
        over => at.plus_ms(MINUTE_MS - over).unwrap_or(at),
    }
}

/// The movement by which the clock goes to where time acts next: until what happens then, where
/// that has a name; to the next whole minute otherwise, or to the millisecond after where more
/// would happen before the minute is over.
pub(crate) fn movement(machine: &Machine, running: &Running<'_>) -> Result<Movement, Unplayable> {
    let next = next_due(running.case())
        .ok_or_else(|| Unplayable::new("nothing is being counted: time alone changes nothing"))?;
    let facts = acts_before(running, next).map_err(|none| broken(machine, &none))?;
    if let Some(point) = facts.iter().find_map(point) {
        return Ok(Movement::Until(point));
    }
    let minute = whole_minute(next);
    let is_all = acts_before(running, minute).is_ok_and(|all| all.len() == facts.len());
    let to = if is_all { minute } else { next };
    Ok(Movement::At(ReportedAt::Instant(to.max(running.reached))))
}

fn acts_before(running: &Running<'_>, until: Instant) -> Result<Vec<Fact>, NoDecision> {
    let mut running = running.clone();
    running.facts.clear();
    wake(&mut running, until)?;
    Ok(running.facts)
}

/// The point that `until` may name, of a fact that time made.
fn point(fact: &Fact) -> Option<Point> {
    match fact.kind {
        FactKind::Breached { clock } => Some(Point::Breach(clock.deadline)),
        FactKind::Lapsed { clock } => Some(Point::Lapse(clock.deadline)),
        FactKind::StageEntered { stage } => Some(Point::Stage(stage)),
        FactKind::Escalated { rung } => Some(Point::Rung(rung)),
        FactKind::LetterDue { letter } => Some(Point::Letter(letter)),
        _ => None,
    }
}

fn broken(machine: &Machine, none: &NoDecision) -> Unplayable {
    let why = match none {
        NoDecision::Faulted(fault) => fault.kind.sentence(&machine.protocol),
        NoDecision::Refused(_) => String::new(),
    };
    Unplayable::new(format!("what time does next cannot be decided: {why}"))
}
