//! A function is declared that nobody has written.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("no-script");

/// There is no `rules.rhai`.
pub(crate) fn no_script(function: &Spanned<String>) -> Diagnostic {
    let message =
        format!("function `{}` is declared, and there is no `rules.rhai`", function.value);
    Diagnostic::new(CODE, message, function.span, "nobody has written this function")
        .help("write it in `rules.rhai`, beside `protocol.toml`")
}
