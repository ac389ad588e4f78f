//! A name is taken that means something already.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("reserved-name");

/// `kind` is what has the name, `means` what the name means: "a word of conditions".
pub(crate) fn reserved_name(kind: &str, name: &Spanned<String>, means: &str) -> Diagnostic {
    let message = format!("no {kind} may be called `{}`", name.value);
    Diagnostic::new(CODE, message, name.span, format!("this name is {means}"))
        .help("choose another name; titles may be anything")
}

/// A built-in event is given something to do.
pub(crate) fn built_in_event(name: &Spanned<String>) -> Diagnostic {
    let message = format!("no transition may wait for `{}`", name.value);
    Diagnostic::new(CODE, message, name.span, "this event is part of every protocol")
        .help("what it does is fixed; declare an event of your own in `[events]`")
}
