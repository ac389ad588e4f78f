//! The text of a letter does not begin with the lines about it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-front-matter");

/// The file does not begin with lines between two lines of `+++`.
pub(crate) fn letter_front_matter(file: FileId) -> Diagnostic {
    let message = "the text of the letter does not begin with its subject between lines of `+++`";
    Diagnostic::new(CODE, message, Span::whole(file), "the lines about the letter belong here")
        .help("begin the file with `+++`, `subject = \"…\"` and `+++`, each on its own line")
}
