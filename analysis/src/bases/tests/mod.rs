mod lengths;
mod speed;
pub(crate) mod support;
mod tables;
