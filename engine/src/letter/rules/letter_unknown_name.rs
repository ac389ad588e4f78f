//! A letter reads something that no case has.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-unknown-name");

/// `help` says what may be meant.
pub(crate) fn letter_unknown_name(name: &str, help: Option<String>, span: Span) -> Diagnostic {
    let message = format!("the letter reads `{name}`, which no case has");
    let known = "a letter reads fields, records, `ticket`, `opened`, `today`, `reason`, `recipient`, \
                 `severity`, `deadline.D.due`, `handler.title`, `owner.title`, `channel.title`, \
                 `texts.X`, `words.X` and `stop.X`";
    Diagnostic::new(CODE, message, span, "not known of any case")
        .help(help.unwrap_or_else(|| known.to_owned()))
}

/// Something that entries of a record do not have. `help` says what may be meant.
pub(crate) fn unknown_of_entry(
    name: &str,
    record: &str,
    help: Option<String>,
    span: Span,
) -> Diagnostic {
    let message = format!("the letter reads `{name}`, which no entry of `{record}` has");
    let label = "not known of any entry";
    let known = "an entry has its fields, `id`, `at`, and where it can be done `done` and \
                 `done_at`; `words.X` is the word for a choice";
    Diagnostic::new(CODE, message, span, label).help(help.unwrap_or_else(|| known.to_owned()))
}
