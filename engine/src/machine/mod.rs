//! The protocol as a machine: tables of triggers, typed guards and operations from one closed
//! set, and a graph of the reachable pairs of stage and rung. Every analysis and `decide` read
//! the same tables, so they cannot drift. Knows nothing of cases and of time.

mod amended;
mod compile;
mod graph;
mod operation;
mod reaction;
mod stop;
mod tables;
mod texts;
mod watched;

pub use amended::{AMENDED_DATES_MAX, Amendment};
pub use graph::{Edge, Graph, Node, Why};
pub use operation::{Entry, Move, Operation, Trigger};
pub use reaction::{Phase, PointIndex, Reaction};
pub(crate) use tables::LookedAfter;
pub use tables::Machine;
pub use texts::each_condition;
pub use watched::{Part, Watched};
