//! The life of a stop as a machine of its own: what people may do, in which stage, and its clocks
//! are those of any case, so that one way of deciding, counting and telling serves both.

mod clocks;
mod course;
mod protocol;

pub(crate) use protocol::protocol;
