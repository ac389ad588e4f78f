//! A letter that a statute demands is not sent, not to the same people, or says less.

use crate::diagnostic::{Code, Diagnostic};
use crate::inspect::complies::Against;

pub(crate) const CODE: Code = Code::error("letter-gone");

/// The letter, and what it lacks.
pub(crate) fn letter_gone(letter: &str, what: &str, both: &Against) -> Diagnostic {
    let message = format!("letter `{letter}` {what}, as it must by the statute");
    both.show(
        Diagnostic::new(CODE, message, both.house, "")
            .help("add what is missing, or name the letter that stands for it in `[maps.letters]`"),
    )
}
