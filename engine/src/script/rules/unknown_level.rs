//! A level that is not among the levels.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::diagnostic::only_near;
use crate::script::NameSet;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unknown-level");

/// A name is none of the levels. Levels are shown lowest first.
pub(crate) fn unknown_level(
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
    let found = match nearest(written, names()) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(format!("levels, lowest first: {}", listed(names()))),
    };
    match only_near(written, names()) {
        Some(near) => found.fix(format!("write `\"{near}\"`"), span, quoted(near)),
        None => found,
    }
}
