//! Cases over HTTP.

pub mod outbox;
