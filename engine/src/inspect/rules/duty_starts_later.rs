//! A clock of a statute starts with something that does not start that of the protocol.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("duty-starts-later");

/// The deadline, and the point of the statute that does not start it.
pub(crate) fn duty_starts_later(name: &str, point: &str, both: &Against) -> Diagnostic {
    let message = format!("deadline `{name}` does not start with `{point}`, as by the statute");
    both.show(Diagnostic::new(CODE, message, both.house, "").help("add the point that stands for it to `starts`; a point that is earlier in every case does as well: `opened`"))
}
