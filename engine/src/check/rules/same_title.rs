//! Two things of one kind have the same name for people.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::warning("same-title");

/// A name, and what people read in its place.
type Titled<'w> = (&'w Spanned<String>, Option<&'w Spanned<String>>);

/// Reports every title that a second thing of the same kind has, and every sentence that two
/// conditions or guarantees say.
pub(crate) fn same_title(written: &Written, out: &mut Diagnostics) {
    macro_rules! look {
        ($list:ident, $kind:literal) => {
            of_kind($kind, written.$list.iter().map(|it| (&it.name, it.title.as_ref())), out);
        };
    }
    look!(roles, "role");
    look!(channels, "channel");
    look!(fields, "field");
    look!(records, "record");
    look!(ladder, "rung");
    look!(events, "event");
    look!(stages, "stage");
    look!(deadlines, "deadline");
    look!(letters, "letter");
    look!(stops, "stop");
    look!(help, "help");
    let says = written.guarantees.iter().map(|it| (&it.name, it.says.as_ref()));
    of_kind("guarantee", says, out);
    of_kind("condition", written.conditions.iter().map(|it| (&it.name, it.says.as_ref())), out);
}

fn of_kind<'w>(kind: &str, things: impl Iterator<Item = Titled<'w>>, out: &mut Diagnostics) {
    let mut seen: BTreeMap<String, (&str, &Spanned<String>)> = BTreeMap::new();
    for (name, title) in things {
        let Some(title) = title else { continue };
        let words: Vec<&str> = title.value.split_whitespace().collect();
        let read = words.join(" ").to_lowercase();
        if let Some((first, its_title)) = seen.get(&read) {
            let message = format!("{kind} `{}` is called the same as `{first}`", name.value);
            out.push(
                Diagnostic::new(CODE, message, title.span, "people read this for both")
                    .other(its_title.span, format!("{kind} `{first}`"))
                    .help("say in each what sets it apart from the other"),
            );
            continue;
        }
        seen.insert(read, (name.value.as_str(), title));
    }
}
