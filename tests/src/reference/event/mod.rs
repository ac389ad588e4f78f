//! One event: who may, what it brings, what it lengthens, which way it takes.

mod data;
pub(crate) mod lengthen;
pub(crate) mod step;
mod who;
