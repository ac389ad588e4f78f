//! A role stands in for itself.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("deputy-of-itself");

/// `deputy` names the role that it belongs to.
pub(crate) fn deputy_of_itself(deputy: &Spanned<String>) -> Diagnostic {
    let message = format!("role `{}` is its own deputy", deputy.value);
    Diagnostic::new(CODE, message, deputy.span, "absent when the role is")
        .help("name another role, or leave `deputy` out if nobody stands in")
}
