//! What a condition may read and call.

mod all;
mod record;

pub use all::{Function, Predicate, PredicateId, Scope, Takes, Variable};
pub use record::{EntryField, Record};
