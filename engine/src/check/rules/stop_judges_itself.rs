//! A role reviews what it decides, or hears the appeal against it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("stop-judges-itself");

/// `what` the role does: "reviews", "hears the appeal against".
pub(crate) fn stop_judges_itself<'n>(
    what: &str,
    name: &Spanned<String>,
    others: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let message = format!("role `{}` decides this stop and {what} it", name.value);
    let help = format!("name another role: {}", listed(others));
    Diagnostic::new(CODE, message, name.span, "judges its own decision").help(help)
}
