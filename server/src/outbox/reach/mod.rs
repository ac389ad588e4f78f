//! The way to a receiver: its address, which addresses are spoken to, the connection, one request.

mod address;
mod dial;
mod post;
mod target;
mod trust;

pub(super) use dial::Dial;
pub use dial::{Resolve, SystemResolve};
pub(super) use post::{Sending, Web, post};
pub use target::Target;
pub use trust::{system_trust, trust};
