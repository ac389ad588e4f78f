//! `bad-ticket`: the scheme by which cases are numbered does not give each its own number.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::TicketFault;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("bad-ticket");

/// `ticket` is no scheme.
pub(crate) fn bad_ticket(scheme: &Spanned<String>, fault: &TicketFault) -> Diagnostic {
    let (label, help) = match fault {
        TicketFault::NoNumber => (
            "two cases would have the same number".to_owned(),
            format!("add the running number, as in `{}{{number:5}}`", scheme.value),
        ),
        TicketFault::Twice(what) => {
            (format!("`{{{what}}}` stands here twice"), format!("keep one `{{{what}}}`"))
        }
        TicketFault::Unknown(name) => (
            format!("`{{{name}}}` stands for nothing"),
            "write `{year}`, `{number}`, or `{number:5}` for five digits".to_owned(),
        ),
        TicketFault::Bracket => (
            "a bracket has no other half".to_owned(),
            "write `{year}` and `{number:5}` with both brackets".to_owned(),
        ),
        TicketFault::Digits(digits) => (
            format!("`{digits}` is no number of digits"),
            "say how many digits there are at least, from 1 to 10: `{number:5}`".to_owned(),
        ),
    };
    let message = format!("`{}` does not number cases", scheme.value);
    Diagnostic::new(CODE, message, scheme.span, label).help(help)
}
