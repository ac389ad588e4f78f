//! A letter must state something that nobody knows.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("unknown-statement");

/// An entry of `states` is nothing a letter can state.
pub(crate) fn unknown_statement(name: &Spanned<String>) -> Diagnostic {
    let message = format!("no letter can state `{}`", name.value);
    let help = "write a field, `ticket`, `reason`, `opened`, `today`, `deadline.D.due`, \
                `deadline.D.started`, `handler.title`, `owner.title`, `channel.title`, `severity`, \
                `texts.X`, `record.field`, or `block.X` for a part of the text";
    Diagnostic::new(CODE, message, name.span, "not known of any case").help(help)
}

/// An entry of `states` asks of a stop what nobody knows.
pub(crate) fn unknown_statement_of_stop(name: &Spanned<String>) -> Diagnostic {
    let message = format!("no letter can state `{}`", name.value);
    let help =
        "write `stop.until`, `stop.review_on`, `stop.appeal_until` or `stop.says`".to_owned();
    Diagnostic::new(CODE, message, name.span, "not known of any stop").help(help)
}

/// An entry of `states` asks for the one clock of a deadline that has one for each entry. `due` is
/// the date of the entry that it counts to, if it does.
pub(crate) fn statement_of_each_entry(
    name: &Spanned<String>,
    record: &str,
    due: Option<&str>,
) -> Diagnostic {
    let message = format!("no letter can state `{}`, which each entry has anew", name.value);
    let help = match due {
        Some(due) => format!("write `{due}`: its date, stated for each entry of `{record}`"),
        None => format!("write `{record}.` and a field: it is stated for each entry"),
    };
    Diagnostic::new(CODE, message, name.span, "each entry has a clock of its own").help(help)
}

/// An entry of `states` asks for what entries of the record do not have.
pub(crate) fn unknown_statement_of_entry<'n>(
    name: &Spanned<String>,
    field: &str,
    record: &str,
    fields: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let message = format!("no letter can state `{}`", name.value);
    let help = match nearest(field, fields) {
        Some(near) => format!("did you mean `{record}.{near}`?"),
        None => format!("name one of the `fields` of `[records.{record}]`"),
    };
    Diagnostic::new(CODE, message, name.span, "no field of its entries").help(help)
}
