//! What every command over kept cases opens: a store, and how cases are kept there.

mod config;
mod parts;
mod there;

pub(crate) use config::{Choice, Config, Webhooks};
pub(crate) use parts::{Parts, shown};
pub(crate) use there::There;
