//! `not_by` names something that is no person.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-barred");

/// An entry of `not_by` is neither `respondent`, nor `rung:R`, nor `event:E`.
pub(crate) fn unknown_barred(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`not_by` names `{}`, which says nobody", name.value);
    let help = "write `respondent`, `rung:` and a rung, or `event:` and an event".to_owned();
    Diagnostic::new(CODE, message, name.span, "nobody is meant by this").help(help)
}
