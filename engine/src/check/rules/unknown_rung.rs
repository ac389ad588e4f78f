//! A rung is named that the ladder does not have.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-rung");

/// `user` says who names it: "transition leads to".
pub(crate) fn unknown_rung(user: &str, name: &Spanned<String>, names: &NameList<'_>) -> Diagnostic {
    let message = format!("{user} undeclared rung `{}`", name.value);
    let help = nearest_or_listed(&name.value, "rung", names.iter());
    Diagnostic::new(CODE, message, name.span, "no rung has this name").maybe_help(help)
}
