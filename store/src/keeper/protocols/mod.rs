//! Versions of protocols: those that are kept, loaded; those that are loaded, kept.

mod loaded;
mod opened;
mod shelf;

pub use loaded::Loaded;
pub(crate) use loaded::text;
pub(crate) use opened::respondent;
pub(crate) use shelf::{Shelf, for_opening};
