//! A function takes or gives something that is no type.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::diagnostic::only_near;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-argument");

/// `types` are the words that are types.
pub(crate) fn unknown_argument(written: &Spanned<String>, types: [&'static str; 6]) -> Diagnostic {
    let message = format!("`{}` is no type that a function can take or give", written.value);
    let help = nearest_or_listed(&written.value, "type", types)
        .map(|help| help.replace("declared:", "the name of a field, or one of"));
    let label = "neither a type, nor `severity`, nor a field whose type is meant";
    let found = Diagnostic::new(CODE, message, written.span, label).maybe_help(help);
    match only_near(&written.value, types) {
        Some(near) => found.fix(format!("write `{near}`"), written.span, format!("\"{near}\"")),
        None => found,
    }
}
