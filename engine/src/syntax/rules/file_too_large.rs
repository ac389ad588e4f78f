//! A file is too large to be written by people.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::limit::FILE_BYTES_MAX;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("file-too-large");

/// A file and its size in bytes.
pub(crate) fn file_too_large(file: FileId, n_bytes: usize) -> Diagnostic {
    let message = format!("the file has {n_bytes} bytes, at most {FILE_BYTES_MAX} are read");
    Diagnostic::new(CODE, message, Span::whole(file), "this file")
        .help("split it with `include`, or remove what does not belong to the protocol")
}
