//! An event must come in writing, and nothing is in writing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("no-written-channel");

/// No channel has `written = true`.
pub(crate) fn no_written_channel(event: &Spanned<String>) -> Diagnostic {
    let message = format!("event `{}` must come in writing, and no channel does", event.value);
    Diagnostic::new(CODE, message, event.span, "could never be reported")
        .help("write `written = true` on the channels that are in writing")
}
