//! A list that must hold something is empty.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("empty-list");

/// A list that says nothing. `holder` is the thing that it belongs to: ``event `accepted` ``.
pub(crate) fn empty_list(key: &str, holder: &str, span: Span) -> Diagnostic {
    Diagnostic::new(CODE, format!("`{key}` of {holder} is empty"), span, "nothing stands here")
        .help("write at least one entry, or leave the key out where it may be left out")
}
