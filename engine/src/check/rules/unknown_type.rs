//! A field has a type that does not exist.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::diagnostic::only_near;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-type");

const TYPES: [&str; 7] = ["text", "number", "money", "choice", "flag", "date", "role"];

/// The type of a field is none there is.
pub(crate) fn unknown_type(kind: &Spanned<String>) -> Diagnostic {
    let message = format!("there is no type `{}`", kind.value);
    let help = nearest_or_listed(&kind.value, "type", TYPES)
        .map(|help| help.replace("declared:", "types:"));
    let found = Diagnostic::new(CODE, message, kind.span, "not a type of field").maybe_help(help);
    match only_near(&kind.value, TYPES) {
        Some(near) => found.fix(format!("write `{near}`"), kind.span, format!("\"{near}\"")),
        None => found,
    }
}
