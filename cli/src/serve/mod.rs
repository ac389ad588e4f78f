//! What `protocol serve` is started with, and what it says when it has started.

mod sending;
mod settings;
mod started;
mod steps;

pub(crate) use sending::sender;
pub(crate) use settings::Settings;
pub(crate) use started::Started;
pub(crate) use steps::{Steps, steps};
