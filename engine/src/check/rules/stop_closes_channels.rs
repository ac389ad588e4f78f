//! What a stop refuses gets through by no channel.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("stop-closes-channels");

/// `unless` is the condition.
pub(crate) fn stop_closes_channels(stop: &str, unless: Span) -> Diagnostic {
    let message = format!("stop `{stop}` lets this through by no channel");
    Diagnostic::new(CODE, message, unless, "holds for none of the channels by itself")
        .help("ask for a channel alone, such as `channel.written`; join more with `||`, not `&&`")
}
