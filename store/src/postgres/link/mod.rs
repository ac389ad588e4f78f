//! The way to the server: connections, what their errors mean, and the tables.

pub(super) mod connection;
pub(super) mod failure;
mod fill;
pub(super) mod options;
pub(super) mod pool;
pub(super) mod schema;
