//! A file of the folder `letters` is the text of no letter.

use crate::check::look_up::names::NameList;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("text-without-letter");

/// `name` is the letter that the file is named after; `None` where its name ends otherwise.
pub(crate) fn text_without_letter(
    path: &str,
    name: Option<&str>,
    letters: &NameList<'_>,
    span: Span,
) -> Diagnostic {
    let message = format!("`{path}` is the text of no letter");
    let label = "nobody would ever receive this";
    let found = Diagnostic::new(CODE, message, span, label);
    match name {
        None => found.help("name it after a letter: `letters/answer.md`, `letters/answer.nl.md`"),
        Some(name) => found.maybe_help(nearest_or_listed(name, "letter", letters.iter())),
    }
}
