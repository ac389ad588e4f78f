//! A kind of intake is named that is not declared.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-intake");

/// `user` says who names it: "`becomes` names".
pub(crate) fn unknown_intake(
    user: &str,
    name: &Spanned<String>,
    names: &NameList<'_>,
) -> Diagnostic {
    let message = format!("{user} undeclared kind of intake `{}`", name.value);
    let help = nearest_or_listed(&name.value, "kind of intake", names.iter());
    Diagnostic::new(CODE, message, name.span, "`[intake]` has no such entry").maybe_help(help)
}
