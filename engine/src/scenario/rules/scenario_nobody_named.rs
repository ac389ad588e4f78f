//! A scenario tells of earlier cases, and nobody has them.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-nobody-named");

/// Where the person's past is told.
pub(crate) fn scenario_nobody_named(span: Span) -> Diagnostic {
    let message = "`[complainant]` tells of somebody whom `[opened]` does not name";
    Diagnostic::new(CODE, message, span, "whose past is this?")
        .help("say in `[opened]` who complains: `complainant = \"mia\"`")
}
