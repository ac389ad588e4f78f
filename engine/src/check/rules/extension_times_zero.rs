//! An extension may never be used.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("extension-times-zero");

/// `times = 0`: every use would be one too many.
pub(crate) fn extension_times_zero(deadline: &str, times: Span) -> Diagnostic {
    let message = format!("an extension of `{deadline}` may be used 0 times");
    Diagnostic::new(CODE, message, times, "each use of it would be refused")
        .help("leave the whole extension out if the deadline cannot be put off")
}
