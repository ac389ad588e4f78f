//! Cases over HTTP.

pub mod access;
pub mod body;
pub mod document;
pub mod extract;
mod links;
pub mod outbox;
pub mod pages;
pub mod post;
pub mod problem;
pub mod reading;
pub mod route;
pub mod running;
pub mod wire;
