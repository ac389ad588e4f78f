//! Escalating a case leads to the same people.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::inspect::people::unbarred_below;
use crate::model::{Party, Protocol};

pub(crate) const CODE: Code = Code::warning("same-handler");

/// Reports every rung that the role of a lower one handles, unless whoever handled the case there
/// is barred here.
pub(crate) fn same_handler(protocol: &Protocol, out: &mut Diagnostics) {
    for (place, rung) in protocol.ladder.iter().enumerate() {
        let mut below = unbarred_below(place, &protocol.ladder);
        let Some(lower) = below.find(|it| it.handled_by == rung.handled_by) else { continue };
        let role = protocol.party_name(Party::Role(rung.handled_by));
        let message =
            format!("rungs `{}` and `{}` are both handled by `{role}`", lower.name, rung.name);
        let span = protocol.rule(rung.rule).span;
        out.push(
            Diagnostic::new(CODE, message, span, "going up may lead to the very same person")
                .other(protocol.rule(lower.rule).span, "handled by the same role")
                .help(format!(
                    "name another role, or bar whoever had the case: `not_by = [\"rung:{}\"]`",
                    lower.name
                )),
        );
    }
}
