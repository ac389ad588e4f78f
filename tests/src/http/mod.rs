//! The server, over a real connection on this machine: everything that is said here goes over HTTP.

mod cases;
mod client;
mod hostile;
mod lists;
mod manage;
mod reads;
mod roles;
mod served;
mod status;
mod stops;
mod stream;
mod traps;
