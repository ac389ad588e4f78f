//! Something waits for an event that a record could have and does not.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::Record;
use crate::text::Spanned;

pub(crate) const CODE: Code = Code::error("record-event-missing");

/// The fault where a name is that of an event of one of these records, which does not have it.
pub(crate) fn record_event_missing(
    name: &Spanned<String>,
    records: &[Record],
) -> Option<Diagnostic> {
    let of = |it: &&Record| [&it.changed_event, &it.done_event].contains(&&name.value);
    let record = records.iter().find(of)?;
    let own = &record.name.value;
    let (why, help) = match name.value == record.done_event {
        true => ("entries of it are not done", format!("add `done = true` to `[records.{own}]`")),
        false => (
            "no field of it changes",
            format!("give a field of `[records.{own}]` `changes = true`"),
        ),
    };
    let message = format!("record `{own}` has no event `{}`: {why}", name.value);
    let found = Diagnostic::new(CODE, message, name.span, "this never happens");
    Some(found.other(record.name.span, why).help(help))
}
