//! Working sets: the cases that one may ask about when another is decided, held in memory.

mod cache;
mod known;
mod load;
mod seen;
mod working;

pub(crate) use cache::Cache;
pub(crate) use known::{Known, Questions, may_be_sealed};
pub(crate) use load::{add, decisions_of, is_current, load, stop, whose};
pub(crate) use seen::look_around;
pub(crate) use working::{Held, Part, SetKey, Stream, Whose, WorkingSet};
