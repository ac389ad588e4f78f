//! A record, or an entry of one, where a value is needed.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("record-as-value");

/// A record is read as if it were one value.
pub(crate) fn record_as_value(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is a record of many entries, not a value");
    Diagnostic::new(CODE, message, span, "many entries, not one value")
        .help(format!("ask `{name}.count() > 0`, or ask about its entries: `{name}.some(|i| …)`"))
}

/// A field of the entries is read as if the record had it.
pub(crate) fn field_of_entries(span: Span, record: &str, field: &str) -> Diagnostic {
    let message = format!("each entry of `{record}` has its own `{field}`: say of which");
    Diagnostic::new(CODE, message, span, "many entries, not one value").help(format!(
        "ask `{record}.some(|i| i.{field} …)`, `{record}.all(|i| i.{field} …)` or \
         `{record}.last().{field}`"
    ))
}

/// An entry is read as if it were a value. `field` is one of its fields.
pub(crate) fn entry_as_value(
    span: Span,
    name: &str,
    record: &str,
    field: Option<&str>,
) -> Diagnostic {
    let message = format!("`{name}` is an entry of `{record}`, not a value");
    let field = field.unwrap_or("…");
    Diagnostic::new(CODE, message, span, "a whole entry")
        .help(format!("read one of its fields, as in `{name}.{field}`"))
}
