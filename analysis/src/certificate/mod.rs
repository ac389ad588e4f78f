//! What a proof rests on, written down, and checked again by other, smaller code.
//!
//! A proof that a case is watched for is a list of *situations*: where the case is, and the sets
//! of instants that belong there. It holds if every case begins in one of them, if no step leads
//! out of them, and if no step from them breaks the guarantee. Whoever checks that has to search
//! for nothing: neither the queues nor the stores of the search are needed, only the steps, which
//! the engine decides, and what a step does to instants.

mod check;
mod gather;
mod proof;
mod reading;
#[cfg(test)]
mod tests;
mod writing;

pub use check::{Checked, Flaw, check};
pub use gather::{Uncertified, certified, is_certifiable};
pub use proof::{Certificate, Instants, Proof, Situation, VERSION, Way};
pub use reading::{Misread, read};
pub use writing::write;
