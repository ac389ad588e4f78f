//! Random histories: the engine and the referee must tell the same story, and what holds for every
//! history must hold for each.
//!
//! `HISTORIES_SEED` repeats a run, `HISTORIES` sets how many histories a protocol gets. A history
//! that fails is shrunk and printed as text; kept in `suite/histories/found/` it is played for ever.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod always;
mod compare;
#[cfg(test)]
mod found;
mod generate;
mod given;
#[cfg(test)]
mod guaranteed;
#[cfg(test)]
mod late;
#[cfg(test)]
mod time_passes;
mod told;
mod world;
mod written;

pub(crate) use generate::next;
#[cfg(test)]
pub(crate) use world::sources;
pub(crate) use world::{History, PROTOCOLS, Step, World, machine};
pub(crate) use written::write;
#[cfg(test)]
pub(crate) use written::{protocol_of, read};
