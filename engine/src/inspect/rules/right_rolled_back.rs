//! A right of the complainant ends before its last day.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Deadline, Doer, Party, Protocol};
use crate::time::Roll;
use crate::time::Term;

pub(crate) const CODE: Code = Code::warning("right-rolled-back");

/// Reports every window of the complainant that is cut when its last day is a closed one.
pub(crate) fn right_rolled_back(protocol: &Protocol, out: &mut Diagnostics) {
    for deadline in protocol.deadlines.iter().filter(|it| it.window) {
        let theirs = deadline.who == Some(Doer::Party(Party::Complainant));
        if let (true, Roll::Back, Some(term)) = (theirs, deadline.counts.roll, civil(deadline)) {
            let message = format!(
                "the complainant has less than `{term}` for `{}` when it ends on a closed day",
                deadline.name
            );
            let span = protocol.rule(deadline.rule).span;
            let label = "`roll = \"back\"` moves its end to the working day before";
            out.push(
                Diagnostic::new(CODE, message, span, label)
                    .help("write `counts = { roll = \"forward\" }` for this window, or `\"none\"`"),
            );
        }
    }
}

fn civil(deadline: &Deadline) -> Option<Term> {
    let terms = deadline.alternatives.iter().flat_map(|it| it.allowance.terms());
    terms.copied().find(|term| term.unit.is_civil())
}
