//! `through` takes an event for which `[given]` has no data left.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("scenario-nothing-given");

/// The event, and the fields that it must bring.
pub(crate) fn scenario_nothing_given(event: &str, span: Span, fields: &[&str]) -> Diagnostic {
    let message = format!("nothing is left in `[given]` for the event `{event}`");
    let lines: Vec<String> = fields.iter().map(|field| format!("{field} = …")).collect();
    let help = match lines.is_empty() {
        true => format!("add another `[[given.{event}]]`"),
        false => format!("add `[[given.{event}]]` with {}", lines.join(", ")),
    };
    Diagnostic::new(CODE, message, span, "has no data").help(help)
}
