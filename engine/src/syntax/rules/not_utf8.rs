//! A file is no UTF-8 text.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("not-utf8");

/// The bytes of a file and the number of bytes that are valid.
pub(crate) fn not_utf8(file: FileId, bytes: &[u8], n_valid: usize) -> Diagnostic {
    let byte = bytes.get(n_valid).copied().unwrap_or_default();
    let span = Span::new(file, n_valid..n_valid.saturating_add(1));
    let message = format!("the file is not UTF-8: byte {n_valid} is {byte:#04x}");
    Diagnostic::new(CODE, message, span, "the text can be read up to here")
        .help("save the file in the encoding `UTF-8`")
}
