//! A calendar is named that is not declared.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-calendar");

/// `user` says who names it: "transition leads to".
pub(crate) fn unknown_calendar(
    user: &str,
    name: &Spanned<String>,
    names: &NameList<'_>,
) -> Diagnostic {
    let message = format!("{user} undeclared calendar `{}`", name.value);
    let help = nearest_or_listed(&name.value, "calendar", names.iter());
    Diagnostic::new(CODE, message, name.span, "no calendar has this name").maybe_help(help)
}
