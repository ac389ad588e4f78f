//! Evidence is there before anybody brought it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("file-default");

/// A field of type `file` has a default.
pub(crate) fn file_default(field: &str, default: Span) -> Diagnostic {
    let message = format!("field `{field}` holds evidence, which has no default");
    Diagnostic::new(CODE, message, default, "nobody would have brought this")
        .help("leave `default` out; write `optional = true` if an entry may come without it")
}
