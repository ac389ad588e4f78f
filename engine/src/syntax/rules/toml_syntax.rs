//! The text breaks the rules of TOML.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("toml-syntax");

const UNQUOTED: &str = "string values must be quoted, expected literal string";

/// Words of other languages that stand without quotes and mean no text.
const NO_TEXTS: [&str; 12] =
    ["true", "false", "yes", "no", "on", "off", "null", "nil", "none", "inf", "nan", "undefined"];

/// What the parser says of a place, and what is written there.
pub(crate) fn toml_syntax(said: &str, written: &str, span: Span) -> Diagnostic {
    let found = worded(said, span);
    match quoted(written).filter(|_| said == UNQUOTED) {
        Some(text) => found.fix(format!("write `{text}`"), span, text),
        None => found,
    }
}

/// A text in quotes of TOML: one that stands without, or in those of a word processor.
fn quoted(written: &str) -> Option<String> {
    let text = written.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
    let starts = text.starts_with(|it: char| it.is_alphabetic());
    let is_plain = !text.contains(['"', '\'', '\\', '#', '=', '[', '{', '“', '”', '\n']);
    let no_text = NO_TEXTS.contains(&text.to_lowercase().as_str());
    (starts && is_plain && !no_text).then(|| format!("\"{text}\""))
}

fn worded(said: &str, span: Span) -> Diagnostic {
    let said = match said.strip_suffix(", expected nothing").unwrap_or(said) {
        UNQUOTED => "text must stand in quotes",
        other => other,
    };
    let said = said.replace('\n', " ");
    Diagnostic::new(CODE, format!("this is not TOML: {said}"), span, said)
        .help("a line is `key = value` or `[table]`; text stands in quotes, lists in brackets")
}
