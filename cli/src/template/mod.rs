//! The protocols that `new` starts from, part of the program.

mod adapt;
mod files;

pub(crate) use adapt::files;
