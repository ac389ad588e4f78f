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

/// An entry of `not_by` of a stop is neither `respondent` nor somebody who acted on the stop.
pub(crate) fn unknown_barred_of_stop(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`not_by` of a stop names `{}`, which says nobody", name.value);
    let help = "write `respondent`, or `event:` and an event of the stop, such as \
                `event:stop_proposed`";
    Diagnostic::new(CODE, message, name.span, "nobody is meant by this").help(help)
}
