//! A duty is missed, and nobody but the one who missed it learns of it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::{parties, shown};
use crate::inspect::points::deadlines;
use crate::model::{Deadline, DeadlineId, Doer, Party, Point, Protocol, To};
use crate::time::Allowance;

pub(crate) const CODE: Code = Code::warning("breach-unnoticed");

/// Reports every duty whose breach tells nobody else, sends nothing, moves nothing and starts
/// nothing. Above the accountable role there is nobody to tell.
pub(crate) fn breach_unnoticed(protocol: &Protocol, out: &mut Diagnostics) {
    let accountable = Party::Role(protocol.accountable);
    for (id, deadline) in deadlines(protocol).filter(|(_, it)| !it.window && can_be_missed(it)) {
        let Some(who) = deadline.who else { continue };
        let is_top = parties(who, protocol).iter().all(|it| *it == accountable);
        if !is_top && !is_noticed(id, deadline, who, protocol) {
            out.push(fault(deadline, who, protocol));
        }
    }
}

fn can_be_missed(deadline: &Deadline) -> bool {
    let counted = |it: &crate::model::Alternative| it.allowance != Allowance::Promptly;
    deadline.due.is_some() || deadline.alternatives.iter().any(counted)
}

fn is_noticed(id: DeadlineId, deadline: &Deadline, who: Doer, protocol: &Protocol) -> bool {
    let outcome = &deadline.outcome;
    let moves = outcome.escalate.is_some() || matches!(outcome.to, To::Stage(_));
    let breach = Point::Breach(id);
    let starts = |it: &Deadline| it.starts.contains(&breach) || it.restarts.contains(&breach);
    moves
        || !outcome.sends.is_empty()
        || outcome.tells.iter().any(|told| *told != who)
        || protocol.deadlines.iter().any(starts)
}

fn fault(deadline: &Deadline, who: Doer, protocol: &Protocol) -> Diagnostic {
    let who = shown(who, protocol);
    let message = format!("when `{who}` misses deadline `{}`, nobody learns of it", deadline.name);
    let label = match deadline.outcome.tells.is_empty() {
        true => "its breach is recorded, and that is all".to_owned(),
        false => format!("its breach tells `{who}` alone"),
    };
    let top = protocol.party_name(Party::Role(protocol.accountable));
    Diagnostic::new(CODE, message, protocol.rule(deadline.rule).span, label)
        .help(format!("say who should: `breach = {{ tells = [\"{top}\"] }}`, or let it escalate"))
}
