//! Outsiders judge the server, and outsiders get started: programs of others, hostile clients, the
//! examples, the README. Each talks to `protocol serve` as a process of its own, on this machine.

mod contract;
mod deliveries;
mod folder;
mod operating;
mod python;
mod sent;
mod served;
