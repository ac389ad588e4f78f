//! A field has a type that does not exist.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::diagnostic::only_near;
use crate::syntax::Field;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-type");

const TYPES: [&str; 7] = ["text", "number", "money", "choice", "flag", "date", "role"];

/// Evidence is kept with an entry of a record, where each piece has a time and somebody who
/// brought it.
pub(crate) fn file_of_case(field: &Field) -> Diagnostic {
    let span = field.kind.as_ref().map_or(field.span, |it| it.span);
    let message = format!("field `{}` of the case cannot hold a file", field.name.value);
    Diagnostic::new(CODE, message, span, "only an entry of a record holds evidence")
        .help("move the field to a record: `[records.evidence]` with `fields = { … }`")
}

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
