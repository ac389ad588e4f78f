//! An event is named that is not declared.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-event");

/// `user` says who names it: "transition leads to".
pub(crate) fn unknown_event(
    user: &str,
    name: &Spanned<String>,
    names: &NameList<'_>,
) -> Diagnostic {
    let message = format!("{user} undeclared event `{}`", name.value);
    let help = nearest_or_listed(&name.value, "event", names.iter());
    Diagnostic::new(CODE, message, name.span, "no event has this name").maybe_help(help)
}
