//! Escalating a case leads to the same people.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Barred, Party, Protocol, Rung, RungId};

pub(crate) const CODE: Code = Code::warning("same-handler");

/// Reports every rung that the role of a lower one handles, unless whoever handled the case there
/// is barred here.
pub(crate) fn same_handler(protocol: &Protocol, out: &mut Diagnostics) {
    for (place, rung) in protocol.ladder.iter().enumerate() {
        let below = protocol.ladder.iter().enumerate().take(place).rev();
        let barred: BTreeSet<Barred> = rung.not_by.iter().copied().collect();
        let same = |(at, it): &(usize, &Rung)| {
            it.handled_by == rung.handled_by && !barred.contains(&Barred::Rung(RungId::at(*at)))
        };
        let Some((_, lower)) = below.into_iter().find(same) else { continue };
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
