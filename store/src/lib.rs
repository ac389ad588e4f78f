//! Reads protocol folders and owns the clock: the only crate that opens files.

pub mod amendments;
pub mod audit;
pub mod cases;
pub mod chain;
pub mod clock;
pub mod copy;
pub mod erasing;
#[cfg(any(test, feature = "faults"))]
pub mod faulty;
pub mod file;
pub mod folder;
pub mod keeper;
#[cfg(test)]
mod place_tests;
pub mod postgres;
mod protocols;
pub mod record;
pub mod replace;
mod shipped;
pub mod sqlite;
#[cfg(test)]
mod test_folder;
pub mod vault;
pub mod watch;

pub use protocols::{PROTOCOLS, ShippedProtocol};
