//! Each entry has a deadline that nothing meets.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::syntax::{Deadline, Record};

pub(crate) const CODE: Code = Code::error("record-never-done");

/// A deadline for each entry of a record whose entries are not done, and no `met_by`.
pub(crate) fn record_never_done(deadline: &Deadline, record: &Record) -> Diagnostic {
    let name = &deadline.name.value;
    let message = format!("nothing meets deadline `{name}` of an entry of `{}`", record.name.value);
    Diagnostic::new(CODE, message, deadline.span, "every clock of it would run out")
        .other(record.name.span, "entries of this record are not done")
        .help(format!("add `done = true` to `[records.{}]`, or say `met_by`", record.name.value))
}
