//! Late news: told in any order, read in the past, put right.

mod read;
mod told;

pub(super) use told::told_in_any_order;
