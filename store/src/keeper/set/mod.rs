//! Working sets: the cases that one may ask about when another is decided, held in memory.

mod cache;
mod load;
mod seen;
mod working;

pub(crate) use cache::Cache;
pub(crate) use load::{add, decisions_of, is_current, load, stop, whose};
pub(crate) use seen::look_around;
pub(crate) use working::{Held, Part, SetKey, Stream, Whose, WorkingSet};
