//! From what the engine says to text for people and for programs. The only place with types that
//! are written as JSON.

mod batch_json;
mod checked_json;
mod compact;
mod drawing;
mod failure;
mod instant;
mod junit;
mod ledger_json;
mod ledger_text;
pub(crate) mod palette;
mod rule_json;
mod test_json;
mod test_text;
mod why_not;
mod words;

pub(crate) use batch_json::{due_line, error_line, read_line};
pub(crate) use checked_json::{CheckedProtocol, checked_json};
pub(crate) use compact::compact;
pub use drawing::drawing;
pub(crate) use failure::failure;
pub(crate) use instant::{offset_text, rfc3339, spoken, spoken_date};
pub(crate) use junit::junit;
pub(crate) use ledger_json::{due_json, ledger_json};
pub(crate) use ledger_text::{cited, due_text, ledger_text};
pub(crate) use test_json::test_json;
pub(crate) use test_text::{reviewed, test_text};
pub(crate) use why_not::{WhyNot, why_not_json, why_not_text};
pub(crate) use words::{count, harmless, short};
