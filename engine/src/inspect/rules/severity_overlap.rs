//! Two rules hold at once, and only one may.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("severity-overlap");

/// Rules with these numbers, from 1, hold in one case; `example` is one, if one was found.
pub(crate) fn severity_overlap(
    rules: Option<(usize, usize)>,
    example: Option<&str>,
    span: Span,
    other: Option<Span>,
) -> Diagnostic {
    let message = match (rules, example) {
        (Some((first, second)), Some(example)) => {
            format!("rules {first} and {second} of severity both hold {example}")
        }
        _ => "nobody can show that only one rule of severity holds at a time".to_owned(),
    };
    let fault = Diagnostic::new(CODE, message, span, "`policy = \"unique\"` allows one at most")
        .help("make the conditions exclude each other, or write `policy = \"highest\"`");
    match other {
        Some(other) => fault.other(other, "holds as well"),
        None => fault,
    }
}
