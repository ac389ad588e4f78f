//! Seeded faults: every small fault of a few kinds, made wherever it can be made in the protocols
//! that ship, and whether what is said of the guarantees changes where their truth does.
//!
//! `suite/seeded/` lists each fault with what becomes of the guarantees. `SEEDED=all` looks at every fault; else
//! a test looks at some. `UPDATE=1` writes the lists.

mod judge;
mod line;
mod operators;
mod oracle;
mod spoken;
#[cfg(test)]
mod tests;
