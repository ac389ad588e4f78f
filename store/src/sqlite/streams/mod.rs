//! Cases and stops: decisions, how they stand, what is owed and when time acts.

mod calls;
#[cfg(test)]
mod explain;
mod feed;
mod glance;
mod list;
mod owed;
mod read;
mod row;
mod worklist;
mod write;

pub(in crate::sqlite) use owed::{
    read as owed_bytes, sorted as owed_sorted, written as owed_written,
};
