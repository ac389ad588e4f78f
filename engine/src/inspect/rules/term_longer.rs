//! A duty may take longer than a statute allows.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("term-longer");

const HELP: &str = "a term may be shorter than that of the statute, never longer; both are counted from every day of \
                    three years, each on the calendar of its own clock";

/// A term that ends later from some start, which `example` tells.
pub(crate) fn term_longer(
    name: &str,
    term: &str,
    limit: &str,
    example: &str,
    both: &Against,
) -> Diagnostic {
    let message = match term == limit {
        true => format!(
            "`{term}` of deadline `{name}` are counted longer than by the statute: {example}"
        ),
        false => format!(
            "`{term}` of deadline `{name}` is longer than `{limit}` of the statute: {example}"
        ),
    };
    both.show(Diagnostic::new(CODE, message, both.house, "").help(HELP))
}

/// An extension that goes further.
pub(crate) fn extended_further(name: &str, why: &str, both: &Against) -> Diagnostic {
    let message = format!("deadline `{name}` can be extended further than by the statute: {why}");
    both.show(Diagnostic::new(CODE, message, both.house, "").help(HELP))
}

/// A pause that the statute does not allow.
pub(crate) fn paused_longer(name: &str, stage: &str, why: &str, both: &Against) -> Diagnostic {
    let message = format!("deadline `{name}` stands still too long in stage `{stage}`: {why}");
    both.show(Diagnostic::new(CODE, message, both.house, "").help(HELP))
}
