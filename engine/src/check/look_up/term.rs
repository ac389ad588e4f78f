//! Terms, read by `time` and refused in the author's words.

use crate::check::log::Log;
use crate::check::rules;
use crate::text::Spanned;
use crate::time::{Allowance, Term, TermFault};

/// A term: "10 working days".
pub(crate) fn term(written: &Spanned<String>, log: &mut Log<'_>) -> Option<Term> {
    known_or_said(crate::time::parse_term(&written.value), written, log)
}

/// A term, `min(…)`, `max(…)` or `promptly`.
pub(crate) fn allowance(written: &Spanned<String>, log: &mut Log<'_>) -> Option<Allowance> {
    known_or_said(crate::time::parse_allowance(&written.value), written, log)
}

fn known_or_said<T>(
    read: Result<T, TermFault>,
    written: &Spanned<String>,
    log: &mut Log<'_>,
) -> Option<T> {
    match read {
        Ok(term) => Some(term),
        Err(fault @ TermFault::BareDays { .. }) => {
            log.say(rules::bare_days(&fault, written));
            None
        }
        Err(fault) => {
            log.say(rules::bad_term(&fault, written));
            None
        }
    }
}
