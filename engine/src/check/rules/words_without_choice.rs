//! Words are given for the values of something that has no values to choose from.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("words-without-choice");

/// `name` is no choice field and not `severity`.
pub(crate) fn words_without_choice<'n>(
    name: &Spanned<String>,
    fields: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let message = format!("`{}` is no choice that could have words", name.value);
    let found = Diagnostic::new(CODE, message, name.span, "not a field of type `choice`");
    match nearest(&name.value, fields) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(
            "name a field of type `choice`, `severity`, `roles`, `channels`, `texts` or `stops`",
        ),
    }
}

/// Words for the entries of something that is no record.
pub(crate) fn words_without_record<'n>(
    name: &Spanned<String>,
    record: &str,
    records: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let message = format!("`{record}` is no record whose entries could have words");
    let found = Diagnostic::new(CODE, message, name.span, "not a field of a record");
    match nearest(record, records) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help(
            "write `[words.F]` for a field `F` of the case, `[words.R.F]` for a field of the \
             entries of record `R`",
        ),
    }
}
