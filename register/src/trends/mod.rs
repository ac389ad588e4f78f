//! Trends over all cases of a store: worked out when somebody asks, by the fold of the engine.

mod of_store;
mod told;
mod write;

pub use of_store::{Trends, of, version_in_use};
pub use told::{Common, Named, Signalled, Watched};
pub use write::as_text;
