//! An event of a record has the name of another event.

use std::collections::BTreeMap;

use crate::check::log::Log;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Written;
use crate::text::Span;

pub(crate) const CODE: Code = Code::error("record-event-name");

/// Points without a colon that are no events.
const POINTS: [&str; 2] = ["escalated", "reopened"];

/// Reports every record of which an event is called like a declared event, like an event of
/// another record, or like something of every protocol (`built_in`).
pub(crate) fn record_event_names(written: &Written, built_in: &[&str], log: &mut Log<'_>) {
    let declared = written.events.iter();
    let mut taken: BTreeMap<&str, Span> =
        declared.map(|it| (it.name.value.as_str(), it.name.span)).collect();
    for record in &written.records {
        for event in record.events() {
            let of_all = built_in.contains(&event) || POINTS.contains(&event);
            let other = taken.get(event).copied();
            if of_all || other.is_some() {
                log.say(fault(&record.name.value, event, record.name.span, other));
            }
            taken.entry(event).or_insert(record.name.span);
        }
    }
}

fn fault(record: &str, event: &str, at: Span, other: Option<Span>) -> Diagnostic {
    let message = format!("record `{record}` has an event `{event}`, and so has the protocol");
    let found = Diagnostic::new(CODE, message, at, format!("this record brings event `{event}`"))
        .help("give the record or the other event another name");
    match other {
        Some(other) => found.other(other, format!("`{event}` is an event already")),
        None => found,
    }
}
