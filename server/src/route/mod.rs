//! The routes: one file a noun.

mod about;
mod cases;
mod events;
mod facts;
mod health;
mod list;
mod manage;
mod parts;
mod register;
mod status;
mod trends;
mod worklist;

pub use list::{document, routes};
pub use manage::first_token;
pub use status::TENANT;
