//! An entry of `[given]` that no `through` uses.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-given-unused");

/// The event whose data nobody uses.
pub(crate) fn scenario_given_unused(event: &str, span: Span) -> Diagnostic {
    let message = format!("no `through` uses this entry of `given.{event}`");
    Diagnostic::new(CODE, message, span, "is never used")
        .help("name the event in a `through`, or remove the entry")
}
