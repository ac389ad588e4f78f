//! A stop refuses what is not the complainant's act.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("stop-refuses-others");

/// `event` is one that complainants do not report.
pub(crate) fn stop_refuses_others(event: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is not an act of the complainant", event.value);
    Diagnostic::new(CODE, message, event.span, "this stop would hold up the organisation")
        .help("name what the complainant does, or add `complainant` to the `by` of the event")
}
