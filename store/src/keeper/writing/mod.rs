//! Writers: what waits is decided one after the other, written in one transaction, and answered.

mod collect;
mod decide;
mod hand;
mod personal;
mod render;
mod report;
mod routes;
mod standing;
mod taking;
mod tickets;
mod writer;

pub(crate) use routes::{Routes, owner};
pub(crate) use standing::{duties, standing, state};
pub(crate) use writer::{Job, Writer, answer};
