//! A name that nothing has.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::nearest_or_listed;
use crate::diagnostic::only_near;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("unknown-name");

/// A condition reads a name that is not in scope. `in_quotes` says that the word is a choice or
/// level that lacks its quotes; `kind` is what the name should name, `names` what there is, and
/// `write` how a name is written at this place.
pub(crate) fn unknown_name<'a>(
    span: Span,
    name: &str,
    kind: &str,
    in_quotes: Option<String>,
    write: impl Fn(&str) -> String,
    names: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let label = match kind {
        "name" => "nothing has this name".to_owned(),
        _ => format!("no {kind} has this name"),
    };
    let found = Diagnostic::new(CODE, format!("unknown {kind} `{name}`"), span, label);
    if let Some(quoted) = in_quotes {
        return found.help(format!("`{name}` is a value: write it in double quotes")).fix(
            format!("write `\"{name}\"`"),
            span,
            quoted,
        );
    }
    let near = only_near(name, names.clone()).map(write);
    let found = found.maybe_help(nearest_or_listed(name, kind, names));
    match near {
        Some(near) => found.fix(format!("write `{near}`"), span, near),
        None => found,
    }
}

/// A condition reads a field that the entries of a record do not have; `names` are those they have.
pub(crate) fn unknown_entry_field<'a>(
    span: Span,
    name: &str,
    record: &str,
    names: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("entries of `{record}` have no field `{name}`");
    let near = only_near(name, names.clone());
    let found = Diagnostic::new(CODE, message, span, "no field of the entry has this name")
        .maybe_help(nearest_or_listed(name, "field", names));
    match near {
        Some(near) => found.fix(format!("write `{near}`"), span, near),
        None => found,
    }
}
