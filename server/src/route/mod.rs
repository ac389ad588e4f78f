//! The routes: one file a noun.

mod health;
mod list;
mod tokens;
mod webhooks;

pub use list::{document, routes};
