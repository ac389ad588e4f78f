//! A stop refuses nothing.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("stop-refuses-nothing");

/// `name` is that of the stop.
pub(crate) fn stop_refuses_nothing(name: &Spanned<String>) -> Diagnostic {
    let message = format!("stop `{}` refuses nothing", name.value);
    Diagnostic::new(CODE, message, name.span, "standing or not, nothing is different")
        .help("add `[[stops.X.refuses]]` with the events, and `says`: where to turn instead")
}
