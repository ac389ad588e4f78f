//! A rung of the ladder of a statute is missing, out of order, or passed over.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("step-skipped");

/// What is wrong with the ladder, as a clause.
pub(crate) fn step_skipped(what: &str, both: &Against) -> Diagnostic {
    let message = format!("{what}, though the statute has this step");
    both.show(Diagnostic::new(CODE, message, both.house, "").help(
        "keep every rung of the statute and its order; `[maps.rungs]` says which stands for which",
    ))
}
