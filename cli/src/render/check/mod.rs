//! What `check` found.

mod place;

mod compact;
mod drawing;
mod fixed;
mod github;
mod json;
mod plain;
mod sarif;

pub(crate) use compact::compact;
pub use drawing::drawing;
pub(crate) use fixed::{change, fix_line};
pub(crate) use github::github;
pub(crate) use json::{CheckedProtocol, DiagnosticWire, checked_json, diagnostic};
pub(crate) use place::{PlaceWire, place};
pub(crate) use plain::plain;
pub(crate) use sarif::checked_sarif;
pub(crate) use sarif::{SARIF_SCHEMA, SARIF_VERSION, location, message};
