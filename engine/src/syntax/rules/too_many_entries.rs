//! A table or a list is longer than any procedure needs.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("too-many-entries");

/// The table or list, the number of its entries and how many it may have, and the first that is
/// too many.
pub(crate) fn too_many_entries(
    holder: &str,
    n_entries: usize,
    entries_max: usize,
    span: Span,
) -> Diagnostic {
    let message = format!("{holder} has {n_entries} entries, at most {entries_max} are read");
    Diagnostic::new(CODE, message, span, "the first that is too many")
        .help("keep data about single cases out of the protocol")
}
