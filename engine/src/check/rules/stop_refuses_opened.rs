//! A stop refuses new complaints.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-refuses-opened");

/// `event` is `opened`, as it stands there.
pub(crate) fn stop_refuses_opened(event: &Spanned<String>) -> Diagnostic {
    let message = "no stop may refuse a new complaint".to_owned();
    Diagnostic::new(CODE, message, event.span, "a new complaint is always taken").help(
        "name the event that goes too far: going over somebody's head, asking again and again",
    )
}
