//! A rung bars whoever handles cases on it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Barred, Party, Protocol, RungId};

pub(crate) const CODE: Code = Code::error("rung-bars-itself");

/// Reports every rung whose `not_by` names the rung itself: after their first act nobody could go
/// on with a case.
pub(crate) fn rung_bars_itself(protocol: &Protocol, out: &mut Diagnostics) {
    for (place, rung) in protocol.ladder.iter().enumerate() {
        if !rung.not_by.contains(&Barred::Rung(RungId::at(place))) {
            continue;
        }
        let role = protocol.party_name(Party::Role(rung.handled_by));
        let message = format!("rung `{}` bars whoever handles a case on it", rung.name);
        let label = format!("`{role}` is locked out by the first thing they do");
        out.push(Diagnostic::new(CODE, message, protocol.rule(rung.rule).span, label).help(
            "name the rung before it; for a second pair of eyes on one act, name that event \
                 in `not_by` of the other",
        ));
    }
}
