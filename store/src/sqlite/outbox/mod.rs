//! Receivers, and what waits for them.

mod calls;
mod digest;
mod messages;
pub(super) mod queue;
pub(super) mod webhooks;
