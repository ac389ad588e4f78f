//! Outsiders judge the server, and outsiders get started: programs of others, hostile clients, the
//! examples, the README. Each talks to `protocol serve` as a process of its own, on this machine.
#![cfg(unix)]

#[cfg(test)]
mod clients;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod idle;
#[cfg(test)]
mod operating;
#[cfg(test)]
mod python;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod sent;
#[cfg(test)]
mod served;
