//! A file lies beside the protocol and is no part of it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::warning("file-not-included");

/// The file.
pub(crate) fn file_not_included(file: FileId) -> Diagnostic {
    let message = "the file is not included by the protocol, so nothing in it counts";
    Diagnostic::new(CODE, message, Span::whole(file), "not read")
        .help("name it in `include` at the top of `protocol.toml`, or move it elsewhere")
}
