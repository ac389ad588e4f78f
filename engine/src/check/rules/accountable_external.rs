//! Somebody outside answers for the protocol.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("accountable-external");

/// The role has `external = true`.
pub(crate) fn accountable_external(role: &Spanned<String>) -> Diagnostic {
    let message = format!(
        "role `{}` is outside the organisation and cannot answer for its protocol",
        role.value
    );
    Diagnostic::new(CODE, message, role.span, "it has `external = true`")
        .help("name the role inside the organisation that is told when the procedure fails")
}
