//! A role or party is named that is not there.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-role");

/// `user` says who names it: "transition leads to".
pub(crate) fn unknown_role(user: &str, name: &Spanned<String>, names: &NameList<'_>) -> Diagnostic {
    let message = format!("{user} undeclared role `{}`", name.value);
    let help = nearest_or_listed(&name.value, "role", names.iter());
    Diagnostic::new(CODE, message, name.span, "no role has this name").maybe_help(help)
}
