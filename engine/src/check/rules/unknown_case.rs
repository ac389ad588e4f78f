//! A term is stated for a level or choice that does not exist.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Span;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-case");

/// `by` is what the terms go by, `names` what it may be.
pub(crate) fn unknown_case(name: &str, span: Span, by: &str, names: &[String]) -> Diagnostic {
    let message = format!("`{by}` is never `{name}`");
    let help = nearest_or_listed(name, by, names.iter().map(String::as_str));
    Diagnostic::new(CODE, message, span, "no case would have this term").maybe_help(help)
}

/// The table goes by something that is neither severity, nor a rung, nor a choice.
pub(crate) fn unknown_case_key(by: &Spanned<String>, fields: &NameList<'_>) -> Diagnostic {
    let message = format!("terms cannot go by `{}`", by.value);
    let names = fields.iter().chain(["severity", "rung"]);
    let help = nearest_or_listed(&by.value, "field", names);
    let label = "neither `severity`, nor `rung`, nor a field that is a choice";
    Diagnostic::new(CODE, message, by.span, label).maybe_help(help)
}
