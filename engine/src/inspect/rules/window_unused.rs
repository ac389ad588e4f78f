//! A window is open or closed, and nothing asks.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::points::deadlines;
use crate::machine::each_condition;
use crate::model::{Deadline, DeadlineId, Outcome, Point, Protocol, Statement, To, Variable};
use crate::script::reads;

pub(crate) const CODE: Code = Code::warning("window-unused");

/// Reports every window that nothing uses up, whose end does nothing, and that nothing refers to.
pub(crate) fn window_unused(protocol: &Protocol, out: &mut Diagnostics) {
    let named = named(protocol);
    for (id, deadline) in deadlines(protocol).filter(|(_, it)| it.window) {
        let acts = !deadline.met_by.is_empty() || !is_empty(&deadline.outcome);
        if !acts && !named.contains(&id) {
            let message = format!("nothing happens in window `{}` or when it ends", deadline.name);
            let span = protocol.rule(deadline.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "no event uses it, and nothing asks for it")
                    .help("name the event that uses the right in `met_by`, or what `lapse` does"),
            );
        }
    }
}

fn is_empty(outcome: &Outcome) -> bool {
    let says_nothing = outcome.tells.is_empty() && outcome.sends.is_empty();
    says_nothing && outcome.to == To::Unsaid && outcome.escalate.is_none()
}

/// The deadlines that points, conditions or letters refer to.
fn named(protocol: &Protocol) -> BTreeSet<DeadlineId> {
    let mut found = BTreeSet::new();
    for deadline in &protocol.deadlines {
        found.extend(points(deadline).filter_map(|point| match point {
            Point::Met(id) | Point::Lapse(id) | Point::Extended(id) => Some(id),
            _ => None,
        }));
    }
    for statement in protocol.letters.iter().flat_map(|it| &it.states) {
        if let Statement::Due(id) = statement {
            found.insert(*id);
        }
    }
    each_condition(protocol, &mut |condition| {
        let read = reads(condition).into_iter();
        let meanings = read.filter_map(|it| protocol.variables.get(usize::from(it.0)));
        found.extend(meanings.filter_map(|it| match it {
            Variable::Met(id) | Variable::Running(id) | Variable::Lapsed(id) => Some(*id),
            _ => None,
        }));
    });
    found
}

fn points(deadline: &Deadline) -> impl Iterator<Item = Point> {
    let begin = deadline.starts.iter().chain(&deadline.restarts);
    let until = deadline.every.iter().flat_map(|it| &it.until);
    let end = deadline.met_by.iter().map(|it| &it.on).chain(&deadline.cancelled_by);
    begin.chain(until).chain(end).copied()
}
