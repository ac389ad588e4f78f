//! Something that a statute lets the complainant do is not possible, or asks for more.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("right-gone");

/// The event or stop, and what is in the way.
pub(crate) fn right_gone(name: &str, what: &str, both: &Against) -> Diagnostic {
    let message = format!("`{name}` {what}, unlike by the statute");
    both.show(Diagnostic::new(CODE, message, both.house, "").help("what the statute lets the complainant do, the protocol must allow for no more than it asks; `[maps.events]` says what stands for an event"))
}
