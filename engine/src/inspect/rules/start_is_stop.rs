//! A point both starts and ends a clock.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Deadline, Point, Protocol};

pub(crate) const CODE: Code = Code::error("start-is-stop");

/// Reports every clock that one point starts and, whatever the case is like, ends.
pub(crate) fn start_is_stop(protocol: &Protocol, out: &mut Diagnostics) {
    for deadline in &protocol.deadlines {
        if let Some(point) = both(deadline) {
            let shown = protocol.point_name(point);
            let message = format!("deadline `{}` both starts and ends on `{shown}`", deadline.name);
            let span = protocol.rule(deadline.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "would be over when it begins")
                    .help("start it on what makes it owed, and end it on what was owed"),
            );
        }
    }
}

fn both(deadline: &Deadline) -> Option<Point> {
    let mut starts = deadline.starts.iter().chain(&deadline.restarts);
    let met = |point: &Point| deadline.met_by.iter().any(|it| it.on == *point && it.when.is_none());
    starts.find(|point| met(point) || deadline.cancelled_by.contains(point)).copied()
}
