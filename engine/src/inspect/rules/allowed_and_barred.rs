//! One list lets the respondent act, the other forbids it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::model::{Barred, Doer, Party, Protocol};

pub(crate) const CODE: Code = Code::error("allowed-and-barred");

/// Reports every event that names the respondent both in `by` and in `not_by`.
pub(crate) fn allowed_and_barred(protocol: &Protocol, out: &mut Diagnostics) {
    for event in &protocol.events {
        let allowed = event.by.contains(&Doer::Party(Party::Respondent));
        if allowed && event.not_by.contains(&Barred::Respondent) {
            let message = format!("event `{}` lets the respondent act and bars them", event.name);
            let span = protocol.rule(event.rule).span;
            out.push(
                Diagnostic::new(CODE, message, span, "in `by` and in `not_by`")
                    .help("decide whether the person complained about may do this"),
            );
        }
    }
}
