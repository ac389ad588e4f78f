//! Who may do what: tokens, tenants, and the roles of every protocol that ships.

mod access;
mod every;
mod matrix;
pub(crate) mod play;
mod tables;
mod tenants;
