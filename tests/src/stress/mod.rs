//! Protocols that are hard to prove anything of, unlike any that people write: twelve stages in a
//! row with jumps across them, four rungs, a field that changes meanwhile, and clocks that begin and
//! end at any of it.

mod asked;
mod head;
mod made;
#[cfg(test)]
mod tests;

pub use asked::{cost, machine};
pub use made::{Hard, made};
