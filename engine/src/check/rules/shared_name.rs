//! Two things that conditions or points name share a name.

use crate::check::log::Log;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Written;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("shared-name");

/// Reports every name that two of fields, records, conditions, deadlines and stops share, and events
/// that share
/// one with a date field.
pub(crate) fn shared_names(written: &Written, log: &mut Log<'_>) {
    let fields: Vec<_> = written.fields.iter().map(|it| ("field", &it.name)).collect();
    let conditions = written.conditions.iter().map(|it| ("condition", &it.name));
    let deadlines = written.deadlines.iter().map(|it| ("deadline", &it.name));
    let stops = written.stops.iter().map(|it| ("stop", &it.name));
    let mut taken = fields;
    let records = written.records.iter().map(|it| ("record", &it.name));
    for (kind, name) in records.chain(conditions).chain(deadlines).chain(stops) {
        say_if_taken(kind, name, &taken, log);
        taken.push((kind, name));
    }
    let is_date =
        |kind: &Option<Spanned<String>>| kind.as_ref().is_some_and(|it| it.value == "date");
    let dates = written.fields.iter().filter(|it| is_date(&it.kind));
    let dates: Vec<_> = dates.map(|it| ("field", &it.name)).collect();
    for event in &written.events {
        say_if_taken("event", &event.name, &dates, log);
    }
}

fn say_if_taken(
    kind: &str,
    name: &Spanned<String>,
    taken: &[(&str, &Spanned<String>)],
    log: &mut Log<'_>,
) {
    let same = taken.iter().find(|(_, other)| other.value == name.value);
    if let Some((other_kind, other)) = same {
        log.say(shared_name(kind, name, other_kind, other));
    }
}

fn shared_name(
    kind: &str,
    name: &Spanned<String>,
    other_kind: &str,
    other: &Spanned<String>,
) -> Diagnostic {
    let message = format!("{kind} `{}` shares its name with a {other_kind}", name.value);
    Diagnostic::new(CODE, message, name.span, format!("this name is a {other_kind} already"))
        .other(other.span, format!("the {other_kind}"))
        .help("give one of them another name, so that whoever reads a rule knows which is meant")
}
