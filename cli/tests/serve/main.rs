//! `protocol serve` as a process.
#![cfg(unix)]

#[cfg(test)]
mod beside;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod process;
#[cfg(test)]
mod start;
