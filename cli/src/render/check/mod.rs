//! What `check` found.

mod compact;
mod drawing;
mod json;

pub(crate) use compact::compact;
pub use drawing::drawing;
pub(crate) use json::{CheckedProtocol, DiagnosticWire, checked_json, diagnostic};
