//! A table or a list is longer than any procedure needs.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::limit::ENTRIES_MAX;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("too-many-entries");

/// The table or list, the number of its entries, and the first that is too many.
pub(crate) fn too_many_entries(holder: &str, n_entries: usize, span: Span) -> Diagnostic {
    let message = format!("{holder} has {n_entries} entries, at most {ENTRIES_MAX} are read");
    Diagnostic::new(CODE, message, span, "the first that is too many")
        .help("keep data about single cases out of the protocol")
}
