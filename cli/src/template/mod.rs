//! The protocols that `new` starts from, part of the program.

mod adapt;

pub(crate) use adapt::files;
