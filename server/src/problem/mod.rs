//! What is said when a request is not carried out: problems as in RFC 9457. Every kind has a page
//! in `docs/problems/`.

mod answer;
mod kind;
mod page;

pub use answer::{Fault, PROBLEM, Problem, ProblemBody, RETRY};
pub use kind::Kind;
pub use page::page;
