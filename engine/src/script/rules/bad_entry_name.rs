//! A closure that does not name its entry well.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("bad-entry-name");

/// Between the bars of a closure stands no name, several, or one that means something already.
pub(crate) fn bad_entry_name(span: Span, what: &str, label: &str) -> Diagnostic {
    Diagnostic::new(CODE, what, span, label)
        .help("write one name of your own between the bars, as in `|i| i.done`")
}
