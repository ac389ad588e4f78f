//! A duty or a right belongs to one, and only another can act on it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::{acting, parties, shown};
use crate::model::{Deadline, Doer, EventId, Party, Point, Protocol};

pub(crate) const CODE: Code = Code::warning("not-theirs-to-do");

/// Reports every duty of the organisation that only the complainant can meet, and every window
/// that only the other side can use. Whoever enters what meets a window uses it: time that the
/// organisation has to reach an agreement is its own, and ends with the other's word.
pub(crate) fn not_theirs_to_do(protocol: &Protocol, out: &mut Diagnostics) {
    for deadline in &protocol.deadlines {
        let Some(who) = deadline.who else { continue };
        let Some(events) = meeting(deadline) else { continue };
        let doing = acting(&events, |it| &it.by, protocol);
        let entering = acting(&events, |it| &it.entered_by, protocol);
        let own = parties(who, protocol);
        let theirs = who == Doer::Party(Party::Complainant);
        let crossed = match theirs {
            true => deadline.window && !doing.contains(&Party::Complainant),
            false if deadline.window && own.iter().any(|it| entering.contains(it)) => false,
            false => !own.is_empty() && doing.iter().all(|it| *it == Party::Complainant),
        };
        if crossed {
            out.push(fault(deadline, who, theirs, protocol));
        }
    }
}

/// The events that meet it, where there are any and nothing else does.
fn meeting(deadline: &Deadline) -> Option<Vec<EventId>> {
    let event = |point| match point {
        Point::Event(id) if id != EventId::OPENED => Some(id),
        _ => None,
    };
    let events: Option<Vec<EventId>> = deadline.met_by.iter().map(|it| event(it.on)).collect();
    events.filter(|it| !it.is_empty())
}

fn fault(deadline: &Deadline, who: Doer, theirs: bool, protocol: &Protocol) -> Diagnostic {
    let who = shown(who, protocol);
    let can = match (deadline.window, theirs) {
        (_, true) => "the complainant cannot use it",
        (true, false) => "only the complainant can use it",
        (false, false) => "only the complainant can meet it",
    };
    let message = format!("`{}` is for `{who}`, and {can}", deadline.name);
    let span = protocol.rule(deadline.rule).span;
    let (label, help) = match (deadline.window, theirs) {
        (true, true) => (
            "a right that the organisation uses in their place",
            "let an event with `by = [\"complainant\"]` meet it, or write it as a duty of a role",
        ),
        (true, false) => (
            "a right of somebody who cannot use it",
            "write `who = \"complainant\"`: it is their right that lapses",
        ),
        (false, _) => (
            "would be in breach for the silence of somebody else",
            "if the complainant may do it until then, write `window = true` and \
             `who = \"complainant\"`",
        ),
    };
    Diagnostic::new(CODE, message, span, label).help(help)
}
