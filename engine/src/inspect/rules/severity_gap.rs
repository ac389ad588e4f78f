//! Some cases would have no severity.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("severity-gap");

/// `example` is a case that no rule covers, if one was found.
pub(crate) fn severity_gap(example: Option<&str>, span: Span) -> Diagnostic {
    let message = match example {
        Some(example) => format!("no rule of severity holds {example}"),
        None => "the rules of severity may leave a case without a level".to_owned(),
    };
    Diagnostic::new(CODE, message, span, "there is no `otherwise`")
        .help("add `otherwise` with the level of every other case")
}
