//! What `test` found out.

mod json;
mod junit;
mod reason;
mod tap;
mod text;

pub(crate) use json::test_json;
pub(crate) use junit::junit;
pub(crate) use tap::tap;
pub(crate) use text::{reviewed, test_text};
