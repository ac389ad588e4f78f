//! Who does what: the roles, the table of roles and events, the page for one rank.

mod matrix;
mod sheet;

pub(crate) use matrix::roles;
pub(crate) use sheet::sheet;
