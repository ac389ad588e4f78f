//! Help is named that is not declared.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-help");

/// `user` says who names it: "`help` names".
pub(crate) fn unknown_help(user: &str, name: &Spanned<String>, names: &NameList<'_>) -> Diagnostic {
    let message = format!("{user} undeclared help `{}`", name.value);
    let help = nearest_or_listed(&name.value, "help", names.iter());
    Diagnostic::new(CODE, message, name.span, "`[help]` has no such entry").maybe_help(help)
}
