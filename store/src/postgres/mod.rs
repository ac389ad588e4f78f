//! Cases in PostgreSQL, for many nodes on one database.
//!
//! What keeps two nodes from deciding on the same standing is the primary key of the decisions.
//! All else here is for speed: a batch is a handful of statements that are sent together, whoever
//! reads has connections of their own, and a node that works on a timer says so.
//!
//! Text with the character NUL cannot be kept: PostgreSQL has none. Whatever is looked for under
//! such a text is not there.

mod access;
mod amendments;
mod audited;
mod copied;
mod copied_order;
mod link;
mod outbox;
mod people;
mod place;
mod protocols;
mod streams;
#[cfg(any(test, feature = "test-cluster"))]
pub mod test_cluster;
#[cfg(test)]
mod tests;
mod write;

pub use link::options::Options;
pub use place::Postgres;
