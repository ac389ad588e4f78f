//! Seeded faults: every small fault of a few kinds, made wherever it can be made in the protocols that ship,
//! and whether what is said of the guarantees changes where their truth does.
//!
//! `suite/seeded/` lists each fault with what becomes of the guarantees. Every run looks at all of them but those
//! of the small business, whose proofs take long: there it looks at some, always the same ones.
//! `cargo xtask seeded-faults` looks at all (`SEEDED=all`), with `--update` it writes the lists (`UPDATE=1`, or
//! `SEEDED=write`).
//!
//! Six faults leave something undecided. In the small business three of these break a guarantee, which nothing
//! here sees: two letters with which a case is closed, and the weeks to go outside.

mod judge;
mod line;
mod operators;
mod oracle;
mod spoken;
#[cfg(test)]
mod tests;
