//! A condition asks about an event where there is none.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("event-only-name");

/// `place` says when the condition is read: "when severity is computed".
pub(crate) fn event_only_name(name: &str, place: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` belongs to an event, and there is none {place}");
    Diagnostic::new(CODE, message, span, "known only while an event is decided")
        .help("let the event set a field, and ask for the field here")
}
