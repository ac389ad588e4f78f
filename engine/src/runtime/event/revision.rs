//! What the event `corrected` says of an earlier one.

use crate::model::{EventId, Protocol};
use crate::runtime::event::read::misread;
use crate::runtime::{Misread, Report, ReportedAt};
use crate::text::{Strings, Symbol};
use crate::time::Instant;

/// What a report of `corrected` says of an earlier report. The new values of its fields stand in
/// the data of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The id of the earlier report.
    pub of: String,
    /// When it happened, where that was wrong.
    pub happened_at: Option<ReportedAt>,
    /// Whether it never happened in this case.
    pub struck: bool,
}

/// The same, read against a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revised {
    /// The id of the earlier event.
    pub of: Symbol,
    /// When it happened, and whether only the date is known, where that was wrong.
    pub happened_at: Option<(Instant, bool)>,
    /// Whether it never happened in this case.
    pub struck: bool,
}

/// The first instant that is meant, and whether only the date is known.
pub(crate) fn instant(protocol: &Protocol, at: ReportedAt) -> (Instant, bool) {
    match at {
        ReportedAt::Instant(at) => (at, false),
        ReportedAt::Date(date) => (protocol.zone.day_start(date), true),
    }
}

/// `corrected`, and no other event, says of an earlier event what was wrong.
pub(crate) fn check(
    protocol: &Protocol,
    report: &Report,
    kind: Option<EventId>,
    faults: &mut Vec<Misread>,
) {
    let corrects = kind.is_some() && kind == protocol.corrected();
    match &report.revision {
        None if corrects => faults.push(misread("/of", "no earlier event is named".to_owned())),
        Some(_) if !corrects && kind.is_some() => {
            let problem = "only `corrected` corrects an earlier event".to_owned();
            faults.push(misread("/of", problem));
        }
        Some(revision) => {
            let says = revision.happened_at.is_some() || !report.data.is_empty();
            let problem = match (revision.struck, says) {
                (false, false) => {
                    "nothing is corrected: no field, no instant, and it is not struck"
                }
                (true, true) => "what never happened has neither fields nor an instant",
                _ => return,
            };
            faults.push(misread("/of", problem.to_owned()));
        }
        None => {}
    }
}

/// What a report says of an earlier one, read.
pub(crate) fn resolved(
    protocol: &Protocol,
    report: &Report,
    strings: &mut Strings,
) -> Option<Revised> {
    let revision = report.revision.as_ref()?;
    Some(Revised {
        of: strings.intern(&revision.of),
        happened_at: revision.happened_at.map(|at| instant(protocol, at)),
        struck: revision.struck,
    })
}
