//! What administration manages.

pub(super) mod calendars;
pub(super) mod graph;
pub(super) mod handbook;
pub(super) mod protocols;
pub(super) mod tokens;
pub(super) mod webhooks;

pub use tokens::first as first_token;
