//! Some cases would have no term.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("within-gap");

/// `missing` are the levels or choices without a term.
pub(crate) fn within_gap(deadline: &str, missing: &[&str], span: Span) -> Diagnostic {
    let names = listed(missing.iter().copied());
    let message = format!("deadline `{deadline}` has no term for {names}");
    Diagnostic::new(CODE, message, span, "these cases would have no end")
        .help("add a term for each, or one for all others: `otherwise`")
}

/// A list of terms ends with one that has a condition.
pub(crate) fn list_gap(deadline: &str, span: Span) -> Diagnostic {
    let message = format!("deadline `{deadline}` has no term when none of its conditions hold");
    Diagnostic::new(CODE, message, span, "the last entry of the list has a `when`")
        .help("add a last entry without `when`: `{ is = \"10 working days\" }`")
}

/// The field that decides may be unset.
pub(crate) fn unset_gap(deadline: &str, field: &str, span: Span) -> Diagnostic {
    let message = format!("deadline `{deadline}` has no term while `{field}` is not set");
    Diagnostic::new(CODE, message, span, format!("`{field}` is neither required nor has a default"))
        .help("add `otherwise`, or make the field `required`")
}
