//! A rung bars those who have not had the case yet.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Barred, Protocol, RungId};

pub(crate) const CODE: Code = Code::warning("bars-nobody");

/// Reports every rung that bars the handlers of a higher one: a case goes up and never down, so
/// they cannot have had it before.
pub(crate) fn bars_nobody(protocol: &Protocol, out: &mut Diagnostics) {
    for (place, rung) in protocol.ladder.iter().enumerate() {
        for barred in &rung.not_by {
            let Barred::Rung(RungId(other)) = *barred else { continue };
            let Some(higher) = protocol.ladder.get(usize::from(other)) else { continue };
            if usize::from(other) <= place {
                continue;
            }
            let message = format!(
                "rung `{}` bars who handled rung `{}`, which comes after it",
                rung.name, higher.name
            );
            out.push(
                Diagnostic::new(CODE, message, protocol.rule(rung.rule).span, "bars nobody")
                    .other(protocol.rule(higher.rule).span, "a case gets here later")
                    .help(format!(
                        "write it at the higher rung: `not_by = [\"rung:{}\"]`",
                        rung.name
                    )),
            );
        }
    }
}
