//! Whoever owes something starts the clock, or does not.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::doers::parties;
use crate::inspect::points::branch_of;
use crate::inspect::points::edges;
use crate::inspect::points::shown;
use crate::machine::Machine;
use crate::machine::Why;
use crate::model::{Deadline, EventId, Party, Point, Protocol};

pub(crate) const CODE: Code = Code::warning("anchor-may-never-come");

/// Reports every duty that starts only by an act of the one who has it.
pub(crate) fn anchor_may_never_come(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    for deadline in protocol.deadlines.iter().filter(|it| !it.window) {
        let Some(who) = deadline.who else { continue };
        let debtor = parties(who, protocol);
        let points = || deadline.starts.iter().chain(&deadline.restarts);
        let own = |point: &Point| {
            actors(*point, machine).is_some_and(|it| it.iter().all(|party| debtor.contains(party)))
        };
        if points().next().is_some() && points().all(own) {
            out.push(fault(deadline, protocol));
        }
    }
}

fn fault(deadline: &Deadline, protocol: &Protocol) -> Diagnostic {
    let points = deadline.starts.iter().chain(&deadline.restarts);
    let names: Vec<String> = points.map(|it| format!("`{}`", shown(*it, protocol))).collect();
    let message = format!("deadline `{}` starts only when whoever owes it acts", deadline.name);
    let span = protocol.rule(deadline.rule).span;
    let label = format!("silence never starts this clock: {}", names.join(", "));
    Diagnostic::new(CODE, message, span, label)
        .help("add the breach of the duty before it: `starts = [\"letter:…\", \"breach:…\"]`")
}

fn acting(event: EventId, protocol: &Protocol) -> Vec<Party> {
    let event = protocol.events.get(event.index());
    event.into_iter().flat_map(|it| &it.by).flat_map(|it| parties(*it, protocol)).collect()
}

/// Whose acts alone bring a point about; `None` where time or anybody else may.
fn actors(point: Point, machine: &Machine) -> Option<Vec<Party>> {
    let protocol = &machine.protocol;
    match point {
        Point::Event(EventId::OPENED) => None,
        Point::Event(event) => Some(acting(event, protocol)),
        Point::Letter(letter) => {
            let by_clock = protocol.deadlines.iter().any(|it| it.outcome.sends.contains(&letter));
            if by_clock {
                return None;
            }
            let mut found = Vec::new();
            for edge in edges(machine) {
                let sends = branch_of(&edge, machine).is_some_and(|it| it.sends.contains(&letter));
                match edge.why {
                    Why::Event(event, _) if sends => found.extend(acting(event, protocol)),
                    _ if sends => return None,
                    _ => {}
                }
            }
            (!found.is_empty()).then_some(found)
        }
        _ => None,
    }
}
