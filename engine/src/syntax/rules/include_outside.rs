//! An included path leads out of the protocol folder.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::shown;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("include-outside");

/// The path as written.
pub(crate) fn include_outside(path: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` is no plain path inside the protocol folder", shown(path));
    Diagnostic::new(CODE, message, span, "may lead out of the folder")
        .help("write the path from the folder of `protocol.toml`, such as `parts/stages.toml`")
}
