//! The text breaks the rules of TOML.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("toml-syntax");

/// What the parser says of a place.
pub(crate) fn toml_syntax(said: &str, span: Span) -> Diagnostic {
    let said = match said.strip_suffix(", expected nothing").unwrap_or(said) {
        "string values must be quoted, expected literal string" => "text must stand in quotes",
        other => other,
    };
    let said = said.replace('\n', " ");
    Diagnostic::new(CODE, format!("this is not TOML: {said}"), span, said)
        .help("a line is `key = value` or `[table]`; text stands in quotes, lists in brackets")
}
