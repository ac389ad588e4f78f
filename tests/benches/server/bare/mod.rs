//! What ours is measured against: the least that makes one row durable for each request, with the
//! same libraries, the same settings for the disk, and rows of the same size.

mod disk;
mod group;
mod handler;
mod postgres;
mod sqlite;

pub(crate) use disk::flushes;
pub(crate) use handler::main;
pub(crate) use postgres::written as written_postgres;
pub(crate) use sqlite::written as written_sqlite;
