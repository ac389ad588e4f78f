//! A set of holidays ends before the cases that count on it.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::text::Spanned;
use crate::time::NaiveDate;
use crate::time::Term;
use crate::time::spoken_date;

pub(crate) const CODE: Code = Code::warning("holidays-run-out");

/// The latest case that is certain to come, and its longest term.
pub(crate) struct LastCase<'c> {
    pub(crate) deadline: &'c str,
    pub(crate) term: Term,
    pub(crate) received: NaiveDate,
    pub(crate) until: NaiveDate,
    /// The deadline.
    pub(crate) at: Span,
}

/// `known` is the last day that the set speaks about.
pub(crate) fn holidays_run_out(
    set: &Spanned<String>,
    known: NaiveDate,
    case: &LastCase<'_>,
) -> Diagnostic {
    let message = format!(
        "holidays of `{}` are known until {}, a case received on {} may run until {}",
        set.value,
        spoken_date(known),
        spoken_date(case.received),
        spoken_date(case.until),
    );
    let label = "from then on every holiday would count as a working day";
    Diagnostic::new(CODE, message, set.span, label)
        .other(case.at, format!("`{}` allows `{}`", case.deadline, case.term))
        .help(
            "add the holidays announced since and raise `valid.to` of the set, or use one of rules",
        )
}
