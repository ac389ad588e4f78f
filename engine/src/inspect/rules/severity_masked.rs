//! A rule of severity never decides.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("severity-masked");

/// The rule with this number, from 1.
pub(crate) fn severity_masked(rule: usize, never_holds: bool, span: Span) -> Diagnostic {
    let message = format!("rule {rule} of severity never decides");
    let label = match never_holds {
        true => "its condition never holds",
        false => "wherever it holds, another rule decides",
    };
    Diagnostic::new(CODE, message, span, label)
        .help("remove it, or correct its condition or its place")
}
