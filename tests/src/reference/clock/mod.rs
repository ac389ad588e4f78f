//! What clocks do: on the points of a decision, when they begin or are counted again, and when time
//! alone passes.

mod again;
pub(crate) mod count;
mod each;
mod passing;
mod points;
mod react;
mod reckon;
