//! A file is too large to be written by people.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::limit::FILE_BYTES_MAX;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("file-too-large");

/// The file.
pub(crate) fn file_too_large(file: FileId) -> Diagnostic {
    let message = format!("the file is larger than {FILE_BYTES_MAX} bytes");
    Diagnostic::new(CODE, message, Span::whole(file), "this file")
        .help("split it with `include`, or remove what does not belong to the protocol")
}
