//! What is proved of random protocols, measured against following real cases day by day.
//!
//! What a proof is held against, here and beside it:
//!
//! | what | against what | how many |
//! | --- | --- | --- |
//! | sets of instants | every whole point of small ones; real lives of clocks and pauses | `analysis/src/zone/tests/`, property tests |
//! | verdicts | cases followed day by day | `agree`: 500 random protocols, 10,000 by `cargo xtask verify-fuzz` |
//! | terms in a row | cases of every date of a year | `chains`: 8 random ones, and the mean by which proofs lie above, which may only fall |
//! | what a case is watched for | the guarantee read off a whole timed word, much of it at one instant | `crate::watched`: 1,500 words, 15,000 readings |
//! | a changed protocol | the same before: longer terms, another order, what is beside the point, shorter terms, an assumption | `changed`: 9 kinds of change |
//! | what is refuted | the engine, once more | every one; `written::saved` as a scenario, for each faulty example |
//! | certificates | smaller code; and each without an instant, a situation or a line, or with a bound drawn closer | `written::certified`: every proof of every protocol that ships, 18 random protocols |
//! | seeded faults | cases followed day by day | `crate::seeded` |
//! | reports | the same on one thread and on four; the schema of SARIF, a reader of JUnit | `written::steady`, `written::formats` |
//! | the comparison itself | whoever says the same of every guarantee | `told_wrong` |
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
