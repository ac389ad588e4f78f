//! A field must be given and has a default.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("required-and-default");

/// The default would never be used.
pub(crate) fn required_and_default(field: &str, default: Span) -> Diagnostic {
    let message = format!("field `{field}` is required and has a default");
    Diagnostic::new(CODE, message, default, "never used, for every case brings a value")
        .help("leave out `required`, or leave out `default`")
}
