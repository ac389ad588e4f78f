//! One duty is written down as two.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Deadline, Doer, Outcome, Point, Protocol};

pub(crate) const CODE: Code = Code::warning("same-duty-twice");

/// What makes two deadlines one duty.
type Duty<'p> =
    (Option<Doer>, bool, Vec<Point>, Vec<Point>, Vec<Point>, Vec<Point>, Option<&'p str>);

/// Reports every deadline that differs from an earlier one in its term alone, if at all.
pub(crate) fn same_duty_twice(protocol: &Protocol, out: &mut Diagnostics) {
    let mut before: BTreeMap<Duty<'_>, Vec<&Deadline>> = BTreeMap::new();
    for deadline in protocol.deadlines.iter().filter(|it| is_plain(it)) {
        let known = before.entry(duty(deadline, protocol)).or_default();
        if let Some(first) = known.iter().find(|it| alike(it, deadline)) {
            out.push(fault(first, deadline, protocol));
        }
        known.push(deadline);
    }
}

/// Conditions may tell two deadlines apart, and an agreed date is no term.
fn is_plain(deadline: &Deadline) -> bool {
    let unconditional =
        deadline.when.is_none() && deadline.met_by.iter().all(|it| it.when.is_none());
    unconditional && deadline.due.is_none() && deadline.every.is_none()
}

fn duty<'p>(deadline: &Deadline, protocol: &'p Protocol) -> Duty<'p> {
    let sorted = |points: &mut dyn Iterator<Item = Point>| {
        let mut points: Vec<Point> = points.collect();
        points.sort_unstable();
        points
    };
    let source = protocol.rule(deadline.rule).source.as_deref();
    (
        deadline.who,
        deadline.window,
        sorted(&mut deadline.starts.iter().copied()),
        sorted(&mut deadline.restarts.iter().copied()),
        sorted(&mut deadline.met_by.iter().map(|it| it.on)),
        sorted(&mut deadline.cancelled_by.iter().copied()),
        source,
    )
}

/// Two steps of one duty, such as a reminder and then an escalation, do different things; a clock
/// set by law runs on where that of the house stands still, or is counted in another way.
fn alike(a: &Deadline, b: &Deadline) -> bool {
    let counted = |it: &Deadline| (it.counts, it.calendar, it.pausable, it.after_close);
    let does = |it: &Deadline| {
        let Outcome { tells, sends, to, escalate, .. } = it.outcome.clone();
        (tells, sends, to, escalate)
    };
    counted(a) == counted(b) && does(a) == does(b)
}

fn fault(first: &Deadline, second: &Deadline, protocol: &Protocol) -> Diagnostic {
    let allows = |it: &Deadline| {
        let terms: Vec<String> =
            it.alternatives.iter().map(|it| format!("`{}`", it.allowance)).collect();
        format!("allows {}", terms.join(", "))
    };
    let message = format!("`{}` and `{}` are one duty with two clocks", first.name, second.name);
    let place = |it: &Deadline| protocol.rule(it.rule).span;
    Diagnostic::new(CODE, message, place(second), allows(second))
        .other(place(first), allows(first))
        .help(
            "keep the term that holds; if both do, give each its own `source`, or let their \
             breaches do different things",
        )
}
