//! Tests of the audit over both databases.

mod anchored;
mod database;
mod history;
mod tamper;
