//! A template does something that a letter cannot do.

use crate::diagnostic::{Code, Diagnostic, listed, nearest};
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("letter-too-rich");

/// There is too much of something, or the text cannot be written at all.
pub(crate) fn too_much(what: &str, span: Span) -> Diagnostic {
    let message = format!("the letter is more than a letter can be: {what}");
    Diagnostic::new(CODE, message, span, "too much")
        .help("make it shorter, or make two letters of it")
}

/// A tag that letters do not have.
pub(crate) fn no_such_tag(tag: &str, span: Span) -> Diagnostic {
    let message = format!("a letter has no `{{% {tag} %}}`");
    Diagnostic::new(CODE, message, span, "not a tag of letters")
        .help("a letter has values, `{% if … %}`, `{% for … %}` and `{% block … %}`; what has to be worked out belongs to a field of the protocol")
}

/// A block without a word in it.
pub(crate) fn empty_block(name: &str, span: Span) -> Diagnostic {
    let message = format!("block `{name}` may be empty");
    Diagnostic::new(CODE, message, span, "says nothing on some way through it")
        .help("write in it what is always said, or leave the block out")
}

/// What is printed is no name of a value.
pub(crate) fn not_a_value(span: Span) -> Diagnostic {
    let message = "a letter prints values as they are and works nothing out";
    Diagnostic::new(CODE, message, span, "not the name of a value")
        .help("write one name: `{{ ticket }}`, `{{ deadline.answer.due | date }}`")
}

/// A filter is given more than its value.
pub(crate) fn filter_with_arguments(span: Span) -> Diagnostic {
    Diagnostic::new(
        CODE,
        "a filter of a letter takes nothing in brackets",
        span,
        "more than a name",
    )
    .help("write the filter alone: `| date`")
}

/// What an `if` asks is none of the questions of letters.
pub(crate) fn not_a_question(span: Span) -> Diagnostic {
    let message = "this is no question that a letter can ask";
    Diagnostic::new(CODE, message, span, "not a question of letters").help(
        "ask `x is set`, a flag, `x == \"value\"` or `x in [\"a\", \"b\"]`, joined by `and`, \
         `or`, `not`",
    )
}

/// Something is asked like a flag that is none.
pub(crate) fn no_yes_or_no(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` is neither true nor false");
    Diagnostic::new(CODE, message, span, "not a flag")
        .help(format!("ask whether it is there: `{name} is set`"))
}

/// A choice is compared with a value that it cannot have.
pub(crate) fn no_such_value(name: &str, value: &str, values: &[String], span: Span) -> Diagnostic {
    let message = format!("`{name}` is never `{value}`");
    let names = || values.iter().map(String::as_str);
    let help = match nearest(value, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", listed(names())),
    };
    Diagnostic::new(CODE, message, span, "not one of its values").help(help)
}

/// A `for` that goes through something else than a record.
pub(crate) fn no_entries(name: &str, records: &[&str], span: Span) -> Diagnostic {
    let message = match name {
        "" => "only the entries of a record can be gone through".to_owned(),
        name => format!("`{name}` has no entries to go through"),
    };
    let help = match records {
        [] => "this protocol has no `[records]`: write the values one by one".to_owned(),
        [first, ..] => format!("name a record: `{{% for x in {first} %}}`"),
    };
    Diagnostic::new(CODE, message, span, "not a record").help(help)
}

/// A `for` inside a `for`.
pub(crate) fn list_in_a_list(span: Span) -> Diagnostic {
    let message = "a letter goes through one record at a time";
    Diagnostic::new(CODE, message, span, "inside the entries of another, or of itself")
        .help("write the two after each other; what joins them belongs to a field of the entry")
}

/// The name for an entry is no single name.
pub(crate) fn not_an_entry_name(span: Span) -> Diagnostic {
    let message = "an entry is called by one name";
    Diagnostic::new(CODE, message, span, "more than a name").help("write `{% for x in … %}`")
}

/// The name for an entry means something else already.
pub(crate) fn taken_name_of_entry(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` already means something else in letters");
    let help = "call the entry by a name that means nothing else, such as `x`";
    Diagnostic::new(CODE, message, span, "taken").help(help)
}

/// A block that would stand there once for each entry.
pub(crate) fn block_of_entries(name: &str, span: Span) -> Diagnostic {
    let message = format!("block `{name}` would stand there once for each entry");
    Diagnostic::new(CODE, message, span, "inside `for`")
        .help("write the block around the `for`, or leave it out")
}
