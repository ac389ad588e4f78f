//! What `protocol register` and `protocol report` read before they begin.

mod kept;
mod when;

pub(crate) use kept::Kept;
pub(crate) use when::{day, until};
