//! Days are counted without saying which days.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;
use crate::time::TermFault;

pub(crate) const CODE: Code = Code::error("bare-days");

/// Working days or calendar days: the difference is a week in a fortnight.
pub(crate) fn bare_days(fault: &TermFault, written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` does not say which days are counted", written.value);
    Diagnostic::new(CODE, message, written.span, "working days or calendar days?")
        .help(fault.help())
}
