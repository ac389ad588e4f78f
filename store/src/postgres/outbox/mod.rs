//! Receivers, and what waits for them.

mod calls;
mod digest;
mod take;

pub(super) use calls::{WEBHOOKS, webhook};
