//! Random histories: the engine and the referee must tell the same story, and what holds for every
//! history must hold for each.
//!
//! `HISTORIES_SEED` repeats a run, `HISTORIES` sets how many histories a protocol gets. A history
//! that fails is shrunk and printed as text; kept in `suite/histories/found/` it is played for ever.

mod agree;
mod always;
mod compare;
mod found;
mod generate;
mod given;
mod time_passes;
mod told;
mod world;
mod written;

pub(crate) use world::{World, machine};
pub(crate) use written::{protocol_of, read};
