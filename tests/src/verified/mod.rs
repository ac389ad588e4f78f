//! What is proved of random protocols, measured against following real cases day by day.
//!
//! `VERIFIED_SEED` repeats a run, `VERIFIED` says how many protocols there are.

mod generate;
mod pieces;
mod promised;

pub(crate) use generate::{Made, made};
#[cfg(test)]
mod agree;
