//! A stop refuses everything that complainants do.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-silences");

/// `last` is the last event refused outright.
pub(crate) fn stop_silences(stop: &str, last: &Spanned<String>) -> Diagnostic {
    let message = format!("stop `{stop}` leaves the complainant nothing to do but complain anew");
    Diagnostic::new(CODE, message, last.span, "the last of all that complainants do")
        .help("add `unless = 'channel.written'`, or leave an event of the complainant out")
}
