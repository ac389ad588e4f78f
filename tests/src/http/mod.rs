//! The server, over a real connection on this machine: everything that is said here goes over HTTP.

pub(crate) mod calendars;
mod cases;
pub(crate) mod client;
mod hostile;
mod lists;
mod manage;
mod reads;
mod register;
mod roles;
pub(crate) mod served;
mod status;
mod stops;
mod stream;
mod traps;
