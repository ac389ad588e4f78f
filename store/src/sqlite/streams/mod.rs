//! Cases and stops: decisions, how they stand, what is owed and when time acts.

mod calls;
mod feed;
mod list;
mod owed;
mod plan;
mod read;
mod row;
mod worklist;
mod write;
