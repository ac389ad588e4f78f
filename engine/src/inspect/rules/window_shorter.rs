//! The complainant has less time than a statute gives.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("window-shorter");

/// The window, and why it is shorter.
pub(crate) fn window_shorter(name: &str, why: &str, both: &Against) -> Diagnostic {
    let message =
        format!("window `{name}` of the complainant is shorter than by the statute: {why}");
    both.show(
        Diagnostic::new(CODE, message, both.house, "")
            .help("give at least as much time, from the same start"),
    )
}
