//! Decisions and what follows from them are read.

mod cases;
mod feed;
mod glance;
mod list;
pub(super) mod read;
mod timer;
mod worklist;
