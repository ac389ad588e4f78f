//! A duty or right of a statute is not there any more, or is something else.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("duty-gone");

/// The deadline that should be there, and what it is instead.
pub(crate) fn duty_gone(name: &str, what: &str, both: &Against) -> Diagnostic {
    let message = format!("deadline `{name}` {what}, but the statute has it");
    both.show(Diagnostic::new(CODE, message, both.house, "").help("write a deadline that is owed in the same cases, or name the one that stands for it in `[maps.deadlines]`"))
}
