//! What is sent, as bytes: CloudEvents 1.0 in structured JSON, and the signature over them.

mod event;
mod sign;

pub(super) use event::{Parcel, digest, single};
pub use sign::secret_text;
pub(super) use sign::signature;
