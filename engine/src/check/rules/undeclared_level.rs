//! A level is named that `[severity]` does not have.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("undeclared-level");

/// `user` says who names it: "transition leads to".
pub(crate) fn undeclared_level(
    user: &str,
    name: &Spanned<String>,
    names: &NameList<'_>,
) -> Diagnostic {
    let message = format!("{user} undeclared level of severity `{}`", name.value);
    let help = nearest_or_listed(&name.value, "level of severity", names.iter());
    Diagnostic::new(CODE, message, name.span, "no level of severity has this name").maybe_help(help)
}
