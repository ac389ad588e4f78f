//! A file starts with a mark that only some programs write.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("byte-order-mark");

/// The mark at the start of a file.
pub(crate) fn byte_order_mark(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, "the file starts with a byte order mark", span, "three unseen bytes")
        .help("save the file as `UTF-8`, not as `UTF-8 with BOM`")
        .fix("remove the mark", span, "")
}
