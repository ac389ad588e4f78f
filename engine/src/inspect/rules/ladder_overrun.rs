//! Repeated breaches go up a ladder that has an end.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Deadline, Escalate, Point, Protocol};

pub(crate) const CODE: Code = Code::warning("ladder-overrun");

/// Reports every clock that can run out again and each time goes up one rung.
pub(crate) fn ladder_overrun(protocol: &Protocol, out: &mut Diagnostics) {
    for deadline in &protocol.deadlines {
        let up = deadline.outcome.escalate == Some(Escalate::Up);
        if !up || !(comes_again(deadline) || protocol.ladder.len() == 1) {
            continue;
        }
        let top = protocol.ladder.last().map_or("", |rung| &rung.name);
        let message = format!("breaches of `{}` can go up past rung `{top}`", deadline.name);
        let span = protocol.rule(deadline.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, "starts again, and each breach goes up one rung")
                .help(format!(
                    "say how far: `escalate = \"{top}\"` does nothing once it is reached"
                )),
        );
    }
}

fn comes_again(deadline: &Deadline) -> bool {
    let again = |point: &Point| {
        matches!(point, Point::Escalated | Point::Rung(_) | Point::Stage(_) | Point::Breach(_))
    };
    deadline.every.is_some() || !deadline.restarts.is_empty() || deadline.starts.iter().any(again)
}
