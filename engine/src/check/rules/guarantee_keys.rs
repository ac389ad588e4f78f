//! The keys of a guarantee do not say together what is promised.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::Guarantee;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("guarantee-keys");

/// The keys that make a promise, as they are listed to the author.
const SHAPES: [&[&str]; 7] = [
    &["from", "within", "expect"],
    &["never", "before"],
    &["never", "while"],
    &["never", "from", "within"],
    &["never", "more_than"],
    &["always_possible"],
    &["always_reachable"],
];

/// No promise is made of the keys that are there.
pub(crate) fn guarantee_keys(written: &Guarantee) -> Diagnostic {
    let name = &written.name;
    let keys: Vec<&str> = written.keys.iter().map(|(key, _)| *key).collect();
    let whole: Vec<&&[&str]> =
        SHAPES.iter().filter(|shape| keys.iter().all(|key| shape.contains(key))).collect();
    let written_keys = named(&keys);
    let (message, span, label) = match (written.keys.as_slice(), whole.as_slice()) {
        ([], _) => (
            format!("guarantee `{}` promises nothing", name.value),
            name.span,
            "it says neither what must happen nor what must not".to_owned(),
        ),
        ([first, ..], [shape]) => {
            let missing: Vec<&str> =
                shape.iter().copied().filter(|key| !keys.contains(key)).collect();
            let message = format!(
                "guarantee `{}` has {written_keys} without {}",
                name.value,
                named(&missing)
            );
            (message, first.1, format!("{} is missing beside it", named(&missing)))
        }
        ([first, ..], [_, ..]) => (
            format!("guarantee `{}` has {written_keys} alone", name.value),
            first.1,
            "this is half of a promise".to_owned(),
        ),
        ([.., last], []) => (
            format!("{written_keys} do not go together in guarantee `{}`", name.value),
            last.1,
            "no promise is made of these keys".to_owned(),
        ),
    };
    Diagnostic::new(CODE, message, span, label).help(shapes())
}

/// A number too large to be counted to.
pub(crate) fn guarantee_counts_too_far(name: &str, count: &Spanned<u32>, most: u16) -> Diagnostic {
    let message =
        format!("guarantee `{name}` counts to {}, at most {most} is counted", count.value);
    Diagnostic::new(CODE, message, count.span, "no case gets there")
        .help("say how often it may really happen; `0` is never")
}

/// Something else than an event is said to be always possible.
pub(crate) fn possible_is_no_event(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`always_possible` takes an event, and `{}` is none", written.value);
    Diagnostic::new(CODE, message, written.span, "nobody reports this").help(format!(
        "name the event that somebody may always report; that there is always a way there is \
         `always_reachable = [\"{}\"]`",
        written.value
    ))
}

fn named(keys: &[&str]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

fn shapes() -> String {
    let shapes: Vec<String> = SHAPES.iter().map(|keys| named(keys)).collect();
    format!("write one of these: {}; `while` may stand beside `always_possible`", shapes.join("; "))
}
