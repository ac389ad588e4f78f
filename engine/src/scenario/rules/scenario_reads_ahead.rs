//! A step reads the case at an instant that the clock has not reached.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-reads-ahead");

/// `key` is `known_at` or `true_at`; `clock` is where the clock stands, in words.
pub(crate) fn scenario_reads_ahead(key: &str, clock: &str, span: Span) -> Diagnostic {
    let message = format!("`{key}` reads the case at an instant that lies ahead");
    Diagnostic::new(CODE, message, span, format!("the clock stands at {clock} after this step"))
        .help("read it at that instant or before; for what comes later, add a step")
}
