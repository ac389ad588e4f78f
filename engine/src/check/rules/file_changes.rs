//! Evidence could become other evidence.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::{Span, Spanned};

pub(crate) const CODE: Code = Code::error("file-changes");

/// A field of type `file` has `changes = true`.
pub(crate) fn file_changes(record: &str, field: &Spanned<String>, changes: Span) -> Diagnostic {
    let message = format!("field `{}` of `{record}` holds evidence and may change", field.value);
    Diagnostic::new(CODE, message, changes, "evidence that was brought stays what it is")
        .help(format!("leave `changes` out; a better copy is a new entry of `{record}`"))
}
