mod lengths;
pub(crate) mod support;
mod tables;
