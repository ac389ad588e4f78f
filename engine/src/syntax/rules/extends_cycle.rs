//! A protocol extends itself, perhaps by way of others.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("extends-cycle");

/// The name that leads back to a protocol that is extended already.
pub(crate) fn extends_cycle(id: &str, span: Span) -> Diagnostic {
    let message = format!("extending `{}` leads back to a protocol that extends it", shown(id));
    Diagnostic::new(CODE, message, span, "leads in a circle")
        .help("one of them has to say by itself what both have; leave `extends` out there")
}
