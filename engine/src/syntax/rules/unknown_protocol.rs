//! A protocol names another one that is nowhere to be found.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unknown-protocol");

/// The name as it is written, and those of the protocols that ship.
pub(crate) fn unknown_protocol(id: &str, span: Span, offered: &[&str]) -> Diagnostic {
    let message = format!("there is no protocol `{}` beside this one, and none ships", shown(id));
    Diagnostic::new(CODE, message, span, "no protocol has this name")
        .help("put its folder beside the folder of this protocol, under this name")
        .maybe_help(nearest_or_listed(id, "protocol", offered.iter().copied()))
}
