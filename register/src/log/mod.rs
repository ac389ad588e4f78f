//! Event logs, for tools of process mining: XES 1.0 (IEEE 1849) and OCEL 2.0 in JSON.
//!
//! An event of a log is something that happened in a case and stands, or something that time did: a
//! breach or a lapse. Values are those that the viewer reads; what is personal never goes into a log.

mod entry;
mod ocel;
mod xes;
mod xml;

pub use ocel::ocel;
pub use xes::xes;
