//! An entry, or a field of one, that may be missing where it is read.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("entry-may-be-unset");

/// The last entry of a record is read where there may be none.
pub(crate) fn no_entry_yet(span: Span, record: &str) -> Diagnostic {
    let message = format!("`{record}` may have no entry yet: its last one is read here");
    Diagnostic::new(CODE, message, span, "there may be no last entry")
        .help(format!("ask `!{record}.is_empty() && …` first"))
}

/// A field is read that an entry need not have. `value` is it as it is written: `i.recording`.
pub(crate) fn entry_field_unset(span: Span, value: &str) -> Diagnostic {
    let message = format!("`{value}` may not be set: an entry need not have it");
    Diagnostic::new(CODE, message, span, "nobody may have said it for this entry")
        .help(format!("ask `is_set({value}) && …` first, or have every entry bring it"))
}
