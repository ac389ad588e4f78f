//! What `protocol register` and `protocol report` read before they begin.

mod import;
mod kept;
mod when;

pub(crate) use import::import;
pub(crate) use kept::Kept;
pub(crate) use when::{day, until};
