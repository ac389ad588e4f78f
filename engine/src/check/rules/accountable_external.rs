//! Somebody outside answers for the protocol.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("accountable-external");

/// The role has `external = true`.
pub(crate) fn accountable_external(role: &Spanned<String>) -> Diagnostic {
    let message = format!("role `{}` cannot answer for a protocol that is not its own", role.value);
    Diagnostic::new(CODE, message, role.span, "outside the organisation")
        .help("name the role inside the organisation that is told when the procedure fails")
}
