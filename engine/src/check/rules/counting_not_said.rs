//! A term is counted in a way that nobody has stated.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("counting-not-said");

/// `user` is what is counted, `because` what makes the key matter: "is counted in weeks".
pub(crate) fn counting_not_said(key: &str, user: &str, because: &str, span: Span) -> Diagnostic {
    let message = format!("{user} {because}, and nothing says `{key}`");
    let help = match key {
        "first_day" => {
            "write `first_day = \"next\"` in `[time]` if the day of the event is not counted, \
             `\"same\"` if it is"
        }
        "ends" => {
            "write `ends = \"close\"` in `[time]` if the last day ends with the close of business, \
             `\"midnight\"` if all of it counts, `\"exact\"` for the same time of day"
        }
        "roll" => {
            "write `roll = \"forward\"` in `[time]` if a term that ends on a closed day ends on the \
             next working day, `\"back\"` for the one before, `\"none\"` if it stays"
        }
        _ => {
            "write `receipt_outside_hours = \"as_is\"` in `[time]` if what comes in on a Sunday \
             came in on Sunday, `\"next_working_day\"` if it counts from the next opening"
        }
    };
    Diagnostic::new(CODE, message, span, format!("`{key}` decides when this ends")).help(help)
}
