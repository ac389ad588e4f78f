//! Lengths of time as an author writes them: "10 working days", and the longer of two.

mod allowance;
mod fault;

pub use allowance::{ALLOWANCE_TERMS_MAX, Allowance, Term, Unit, parse_allowance, parse_term};
pub use fault::TermFault;
