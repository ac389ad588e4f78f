//! What `protocol serve` is started with, and what it says when it has started.

mod parts;
mod settings;
mod started;
mod steps;

pub(crate) use parts::{Parts, sender, shown};
pub(crate) use settings::Settings;
pub(crate) use started::Started;
pub(crate) use steps::{Steps, steps};
