//! The folder holds no protocol.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("missing-protocol-file");

/// The fault of a whole folder; its place is the start of whatever file comes first.
pub(crate) fn missing_protocol_file() -> Diagnostic {
    let span = Span::whole(FileId(0));
    Diagnostic::new(CODE, "the folder has no `protocol.toml`", span, "")
        .help("a protocol is a folder with a file `protocol.toml`; name that folder")
}
