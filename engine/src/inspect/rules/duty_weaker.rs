//! What a statute demands is met by less, or with fewer people knowing of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("duty-weaker");

/// What is weaker, as a clause.
pub(crate) fn duty_weaker(what: &str, both: &Against) -> Diagnostic {
    let message = format!("{what}, unlike by the statute");
    both.show(
        Diagnostic::new(CODE, message, both.house, "")
            .help("do as the statute does; more than it asks is always allowed"),
    )
}
