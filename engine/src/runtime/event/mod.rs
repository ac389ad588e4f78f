//! What comes from outside: reports as they came, events of one protocol, and the circumstances.

mod context;
mod entry;
mod named;
mod read;
mod report;
mod resolved;
mod revision;

pub use context::Context;
pub use entry::is_evidence;
pub use read::{Misread, REPORT_TEXT_MAX, read_report, read_value};
pub use report::{Given, Report, ReportedAt};
pub use resolved::{Actor, Event};
pub use revision::{Revised, Revision};
