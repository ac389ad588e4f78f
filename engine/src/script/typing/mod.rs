//! From rhai's untyped tree to a typed expression, or to what is wrong with it.

mod arithmetic;
mod branches;
mod calls;
mod comparison;
mod context;
mod dotted;
mod entries;
mod literals;
mod names;
mod questions;
mod texts;
mod tree;

pub(crate) use calls::counted;
pub(crate) use context::{Context, Kind, Typed, must_be, must_be_condition};
pub(crate) use entries::nothing_unset;
pub(crate) use tree::{typed, typed_tree};
