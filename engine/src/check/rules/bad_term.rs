//! A term cannot be read.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;
use crate::time::TermFault;

pub(crate) const CODE: Code = Code::error("bad-term");

/// The text is no amount of a unit.
pub(crate) fn bad_term(fault: &TermFault, written: &Spanned<String>) -> Diagnostic {
    let label = "not a number and a unit that can be counted";
    let found = Diagnostic::new(CODE, fault.to_string(), written.span, label).help(fault.help());
    match fault.surely_meant(&written.value) {
        Some(term) => found.fix(format!("write `{term}`"), written.span, format!("\"{term}\"")),
        None => found,
    }
}
