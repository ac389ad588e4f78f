//! What comes from outside: reports as they came, events of one protocol, and the circumstances.

mod context;
mod report;
mod resolved;

pub use context::Context;
pub use report::{Given, Misread, REPORT_TEXT_MAX, Report, ReportedAt, read_report, read_value};
pub use resolved::{Actor, Event};
