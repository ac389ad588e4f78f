//! An `if` or `switch` that may give nothing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("no-value");

/// An `if` without `else`, or a `switch` that leaves values open. `missing` is what is not
/// covered: `` `else` ``, `` `"low"` ``.
pub(crate) fn no_value(span: Span, what: &str, missing: &str, add: &str) -> Diagnostic {
    let message = format!("this `{what}` says nothing for {missing}");
    Diagnostic::new(CODE, message, span, "may give nothing").help(add)
}
