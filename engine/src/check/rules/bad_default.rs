//! The default of a field is no value of it.

use crate::check::from_syntax::organisation::literal::Misfit;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("bad-default");

/// `misfit` says what the field holds.
pub(crate) fn bad_default(field: &str, span: Span, misfit: Misfit) -> Diagnostic {
    let message = format!("default of field `{field}` is not {}", misfit.wanted);
    Diagnostic::new(CODE, message, span, "not a value of this field").maybe_help(misfit.help)
}
