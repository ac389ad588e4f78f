//! A field has a name that no condition could read.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unreadable-name");

/// A hyphen is a minus sign in conditions.
pub(crate) fn unreadable_name(kind: &str, name: &Spanned<String>) -> Diagnostic {
    let message = format!("{kind} `{}` could not be read in a condition", name.value);
    let mended = name.value.replace('-', "_");
    Diagnostic::new(CODE, message, name.span, "`-` is a minus sign there")
        .help(format!("call it `{mended}`; its title may be anything"))
}
