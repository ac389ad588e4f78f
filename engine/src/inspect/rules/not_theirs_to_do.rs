//! A duty or a right belongs to one, and only another can act on it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::{shown, parties};
use crate::model::{Deadline, Doer, EventId, Party, Point, Protocol};

pub(crate) const CODE: Code = Code::warning("not-theirs-to-do");

/// Reports every duty of the organisation that only the complainant can meet, and every window
/// that only the other side can use.
pub(crate) fn not_theirs_to_do(protocol: &Protocol, out: &mut Diagnostics) {
    for deadline in &protocol.deadlines {
        let Some(who) = deadline.who else { continue };
        let Some(acting) = acting(deadline, protocol) else { continue };
        let complainant = Doer::Party(Party::Complainant);
        let theirs = who == complainant;
        let crossed = match theirs {
            true => deadline.window && !acting.contains(&Party::Complainant),
            false => {
                let own = parties(who, protocol);
                !own.is_empty() && acting.iter().all(|party| *party == Party::Complainant)
            }
        };
        if crossed {
            out.push(fault(deadline, who, theirs, protocol));
        }
    }
}

/// Who can do what meets it, where that is always somebody's act.
fn acting(deadline: &Deadline, protocol: &Protocol) -> Option<Vec<Party>> {
    let mut found = Vec::new();
    for met in &deadline.met_by {
        let Point::Event(id) = met.on else { return None };
        if id == EventId::OPENED {
            return None;
        }
        let event = protocol.events.get(id.index())?;
        found.extend(event.by.iter().flat_map(|it| parties(*it, protocol)));
    }
    (!found.is_empty()).then_some(found)
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
