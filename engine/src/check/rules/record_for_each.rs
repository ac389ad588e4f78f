//! A deadline for each entry says what only a deadline of the case can.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::{Span, Spanned};

pub(crate) const CODE: Code = Code::error("record-for-each");

/// A key that the clock of an entry does not take.
pub(crate) fn record_for_each(key: &str, span: Span) -> Diagnostic {
    let message = format!("a deadline for each entry takes no `{key}`");
    let help = match key {
        "starts" => "leave `starts` out: the clock of an entry begins when the entry is added",
        "when" => "leave `when` out, and use a record of its own for what has another deadline",
        "extend" => {
            "leave `extend` out; to put an entry off, give it a date field with `changes = true` \
             and name that in `due`"
        }
        _ => "leave it out: an entry has one clock, once; what comes again is another entry",
    };
    Diagnostic::new(CODE, message, span, "each entry has one clock of its own").help(help)
}

/// `who = { field = … }` stands in a deadline of the case.
pub(crate) fn who_of_no_entry(field: &Spanned<String>) -> Diagnostic {
    let message = "`who` names a field of an entry, and the deadline is of no entry";
    Diagnostic::new(CODE, message, field.span, "there is no `for_each`")
        .help("add `for_each` with the name of the record, or name a role in `who`")
}
