//! A complainant is put under a duty.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Deadline;

pub(crate) const CODE: Code = Code::error("complainant-duty");

/// What a complainant may do in time is a right, which lapses.
pub(crate) fn complainant_duty(deadline: &Deadline) -> Diagnostic {
    let name = &deadline.name;
    let span = deadline.who.as_ref().map_or(name.span, |it| it.span);
    let message = format!("deadline `{}` would be breached by the complainant", name.value);
    Diagnostic::new(CODE, message, span, "a complainant owes the organisation nothing")
        .help("write `window = true`: it is a right that lapses")
}
