//! The server, over a real connection on this machine: everything that is said here goes over HTTP.

mod access;
mod calendars;
mod cases;
mod client;
mod every;
mod hostile;
mod lists;
mod manage;
mod served;
mod status;
mod stream;
mod tenants;
