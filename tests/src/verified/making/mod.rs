//! Random small protocols and what they guarantee, as text.

mod generate;
mod pieces;
mod promised;

pub(crate) use generate::{Made, made};
