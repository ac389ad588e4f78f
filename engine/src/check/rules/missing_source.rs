//! A term has no source.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("missing-source");

/// `kind` and `name` say what has the term.
pub(crate) fn missing_source(kind: &str, name: &str, span: Span) -> Diagnostic {
    let message = format!("{kind} `{name}` has a term, and nothing says where it comes from");
    Diagnostic::new(CODE, message, span, "no `source` of its own, and none in `[protocol]`")
        .help("write `source = \"…\"`: the law, the code or the house rule")
}
