//! What `test` found out.

mod json;
mod junit;
mod text;

pub(crate) use json::test_json;
pub(crate) use junit::junit;
pub(crate) use text::{reviewed, test_text};
