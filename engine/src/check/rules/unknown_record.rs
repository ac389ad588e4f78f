//! A record is named that is not declared.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-record");

/// `user` says who names it: "`for_each` names".
pub(crate) fn unknown_record(
    user: &str,
    name: &Spanned<String>,
    names: &NameList<'_>,
) -> Diagnostic {
    let message = format!("{user} undeclared record `{}`", name.value);
    let help = nearest_or_listed(&name.value, "record", names.iter());
    Diagnostic::new(CODE, message, name.span, "no record has this name").maybe_help(help)
}
