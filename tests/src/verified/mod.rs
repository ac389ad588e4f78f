//! What is proved of random protocols, measured against following real cases day by day.
//!
//! `VERIFIED_SEED` says with which seed a run begins, `VERIFIED` how many protocols there are,
//! `VERIFIED_CLOSELY` that cases are followed from more dates and at more looks. A protocol that a
//! proof is wrong about is printed with its seed.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod chains;
#[cfg(test)]
mod changed;
mod compare;
#[cfg(test)]
mod examples;
mod followed;
mod making;
mod replayed;
mod tally;
#[cfg(test)]
mod told_wrong;
#[cfg(test)]
mod written;

pub(crate) use compare::{Prove, compare_all, machine_of, named};
pub(crate) use followed::{Followed, Looks, followed};
pub(crate) use making::{Made, made};
pub(crate) use replayed::replayed;
pub(crate) use tally::Tally;
