//! Tests of the audit over both databases.

mod anchored;
mod database;
pub(crate) mod history;
mod older;
mod tamper;
