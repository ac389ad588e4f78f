//! The role that answers for the protocol is somebody outside the organisation.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("accountable-outside");

/// Whoever answers for a procedure belongs to the organisation that follows it.
pub(crate) fn accountable_outside(named: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` answers for the protocol, but is external", named.value);
    Diagnostic::new(CODE, message, named.span, "this role is outside the organisation")
        .help("name the role that answers for the procedure inside the organisation")
}
