//! A set of holidays begins after the protocol does.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;
use crate::time::NaiveDate;
use crate::time::spoken_date;

pub(crate) const CODE: Code = Code::warning("holidays-start-late");

/// `valid` is the first day that the set speaks about, `first` the first day of receipt.
pub(crate) fn holidays_start_late(
    set: &Spanned<String>,
    valid: NaiveDate,
    first: NaiveDate,
) -> Diagnostic {
    let message = format!(
        "holidays of `{}` are known from {}, and cases are received from {}",
        set.value,
        spoken_date(valid),
        spoken_date(first),
    );
    Diagnostic::new(CODE, message, set.span, "before that day it closes nothing")
        .help("look up the earlier holidays and lower `valid.from` of the set")
}
