//! What cases are decided by: versions of protocols, and amendments of their calendars.

mod amendments;
mod protocols;

pub use amendments::{Amendments, KeptAmendment, Reached};
pub use protocols::{ProtocolText, Protocols};
