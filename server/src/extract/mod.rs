//! From the parts of a request to what a route is given: who sends it, its body, its key, and what
//! stands in its address.

mod address;
mod caller;
mod key;
mod sent;

pub use address::{Asked, CaseId, Version, cursor, query, query_part};
pub use key::{IdempotencyKey, MaybeKey, request_hash};
pub use sent::{Large, Sent, bytes};
