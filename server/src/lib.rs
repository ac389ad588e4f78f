//! Cases over HTTP.

pub mod accept;
pub mod access;
pub mod app;
pub mod around;
pub mod body;
pub mod extract;
pub mod limits;
pub mod metrics;
pub mod problem;
pub mod route;
pub mod wire;
