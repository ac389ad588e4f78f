//! Outsiders judge the server, and outsiders get started: programs of others, hostile clients, the
//! examples, the README. Each talks to `protocol serve` as a process of its own, on this machine.

mod clients;
mod contract;
mod deliveries;
mod folder;
mod hostile;
mod idle;
mod operating;
mod python;
mod readme;
mod sent;
mod served;
