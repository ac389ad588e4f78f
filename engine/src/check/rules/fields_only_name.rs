//! What is worked out from fields asks for something else of the case.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("fields-only-name");

/// `place` says when the condition is read: "when severity is computed".
pub(crate) fn fields_only_name(name: &str, place: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is no field, and only fields are read {place}");
    Diagnostic::new(CODE, message, span, "a change of this would go unnoticed")
        .help("let a transition `set` a field, and ask for the field here")
}
