//! A letter states a text that `[texts]` does not have.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-text");

/// The name after `texts.` is not declared.
pub(crate) fn unknown_text(name: &Spanned<String>, names: &NameList<'_>) -> Diagnostic {
    let message = format!("letter states undeclared text `{}`", name.value);
    let help = nearest_or_listed(&name.value, "text", names.iter());
    Diagnostic::new(CODE, message, name.span, "`[texts]` has no entry of this name")
        .maybe_help(help)
}
