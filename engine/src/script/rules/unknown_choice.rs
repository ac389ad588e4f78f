//! A choice that is not among the choices.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::diagnostic::only_near;
use crate::script::NameSet;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unknown-choice");

/// A name is none of the names a choice, stage, rung, role or channel may have.
pub(crate) fn unknown_choice(
    span: Span,
    written: &str,
    set: &NameSet,
    quoted: impl Fn(&str) -> String,
) -> Diagnostic {
    let names = || set.names.iter().map(String::as_str);
    let found = Diagnostic::new(
        CODE,
        format!("`{written}` is no {}", set.kind),
        span,
        format!("no {} has this name", set.kind),
    );
    let found = found.maybe_help(nearest_or_listed(written, &set.kind, names()));
    match only_near(written, names()) {
        Some(near) => found.fix(format!("write `\"{near}\"`"), span, quoted(near)),
        None => found,
    }
}
