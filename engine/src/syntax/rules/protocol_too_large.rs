//! The files of a protocol are too large together.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::limit::PROTOCOL_BYTES_MAX;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("protocol-too-large");

/// The fault of a whole folder; its place is the start of whatever file comes first.
pub(crate) fn protocol_too_large() -> Diagnostic {
    let message = format!("the files of the protocol are larger than {PROTOCOL_BYTES_MAX} bytes");
    Diagnostic::new(CODE, message, Span::whole(FileId(0)), "")
        .help("remove the files that do not belong to the protocol")
}
