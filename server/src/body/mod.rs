//! From the bytes of a request to a value of one of the types of `wire`.
//!
//! What a body may hold is said once, in the schema that the OpenAPI document publishes. Bodies are
//! checked against that schema, so that what is published is what is taken, and every fault is
//! found at once. The types then read what is known to fit.

mod compile;
mod parse;
mod read;
mod shape;

pub use compile::compile;
pub use parse::{DEPTH_MAX, parse};
pub use read::Shapes;
pub use shape::Shape;
