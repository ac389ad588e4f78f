//! A deadline for each entry names a field that its entries do not have.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::listed;
use crate::diagnostic::nearest;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("for-each-due");

/// `key` is "`due`" or "`who`"; `fields` are those of the record.
pub(crate) fn for_each_due(
    key: &str,
    name: &Spanned<String>,
    record: &str,
    fields: &[&str],
) -> Diagnostic {
    let message = format!("{key} names `{}`, which is no field of an entry", name.value);
    let last = name.value.rsplit('.').next().unwrap_or_default();
    let help = match nearest(last, fields.iter().copied()) {
        Some(near) => format!("write `{record}.{near}`"),
        None if fields.is_empty() => format!("record `{record}` has no fields; add one"),
        None => {
            let all: Vec<String> = fields.iter().map(|it| format!("{record}.{it}")).collect();
            format!("write one of {}", listed(all.iter().map(String::as_str)))
        }
    };
    let label = format!("`{record}` has no such field");
    Diagnostic::new(CODE, message, name.span, label).help(help)
}

/// `who` names a field that holds no role.
pub(crate) fn for_each_who(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`who` names `{}`, which holds no role", name.value);
    Diagnostic::new(CODE, message, name.span, "this field has another type")
        .help("name a field of type `role`, or a role itself")
}
