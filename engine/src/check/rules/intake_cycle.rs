//! What is taken in becomes something else without end.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("intake-cycle");

/// `becomes` is what it becomes.
pub(crate) fn intake_cycle(name: &Spanned<String>, becomes: &Spanned<String>) -> Diagnostic {
    let message = format!("intake `{}` never becomes anything for good", name.value);
    let label = "following `becomes` from here never ends";
    Diagnostic::new(CODE, message, becomes.span, label)
        .help("leave `becomes` out of the kind of intake at which the way ends, the complaint")
}
