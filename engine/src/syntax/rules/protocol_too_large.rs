//! The files of a protocol are too large together.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::limit::PROTOCOL_BYTES_MAX;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("protocol-too-large");

/// The size of all files in bytes.
pub(crate) fn protocol_too_large(n_bytes: usize) -> Diagnostic {
    let message =
        format!("the protocol has {n_bytes} bytes in all, at most {PROTOCOL_BYTES_MAX} are read");
    Diagnostic::new(CODE, message, Span::whole(FileId(0)), "")
        .help("remove the files that do not belong to the protocol")
}
