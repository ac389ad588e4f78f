//! The server, over a real connection on this machine: everything that is said here goes over HTTP.

mod access;
mod cases;
pub(crate) mod client;
mod every;
mod hostile;
mod lists;
mod manage;
pub(crate) mod served;
mod status;
mod stream;
mod tenants;
