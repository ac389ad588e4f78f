//! All questions, one after the other.

use crate::check::sense::calendars;
use crate::check::sense::counting;
use crate::check::sense::extensions;
use crate::check::sense::history;
use crate::check::sense::warnings;
use crate::diagnostic::Diagnostics;
use crate::model;
use crate::model::Protocol;
use crate::syntax;
use crate::syntax::Written;
use crate::time::{Calendar, NaiveDate};

/// A deadline as written and as meant, with the calendar it counts on.
pub(crate) struct Both<'p> {
    pub(crate) written: &'p syntax::Deadline,
    pub(crate) meant: &'p model::Deadline,
    pub(crate) calendar: &'p Calendar,
    /// The first day of receipt.
    pub(crate) from: NaiveDate,
}

/// Adds what a protocol without other faults says and can hardly mean. Deadlines stand in both
/// lists in the order of the file.
pub(crate) fn look(written: &Written, protocol: &Protocol, out: &mut Diagnostics) {
    history::look(protocol, out);
    let Some(from) = protocol.effective_from else { return };
    for (written, meant) in written.deadlines.iter().zip(&protocol.deadlines) {
        let Some(calendar) = protocol.calendars.get(meant.calendar.index()) else { continue };
        let both = Both { written, meant, calendar, from };
        warnings::warnings(&both, out);
        extensions::extensions(&both, out);
        counting::counting(&both, out);
    }
    calendars::calendars(written, protocol, from, out);
}
