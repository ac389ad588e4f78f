//! Mending what has a sure fix: planned in memory, checked again, and only then written.

mod edit;
mod files;
mod judge;
mod plan;

pub(crate) use files::Files;
pub(crate) use plan::{Done, plan};
