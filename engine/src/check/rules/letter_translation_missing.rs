//! A letter is not there in a language that the protocol promises.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::{Language, Spanned};

pub(crate) const CODE: Code = Code::error("letter-translation-missing");

/// `path` is the file that is not there.
pub(crate) fn letter_translation_missing(
    name: &Spanned<String>,
    language: Language,
    path: &str,
) -> Diagnostic {
    let message = format!("letter `{}` has no text in `{}`", name.value, language.tag());
    let label = "whoever reads that language would not be written to";
    Diagnostic::new(CODE, message, name.span, label).help(format!("write it in `{path}`"))
}
