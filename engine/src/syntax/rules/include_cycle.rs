//! A file includes itself, perhaps by way of others.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("include-cycle");

/// The include that leads back to a file that is being read.
pub(crate) fn include_cycle(path: &str, span: Span) -> Diagnostic {
    let message = format!("including `{}` leads back to a file that includes it", shown(path));
    Diagnostic::new(CODE, message, span, "leads in a circle")
        .help("remove this entry: every file is included once, most simply by `protocol.toml`")
}
