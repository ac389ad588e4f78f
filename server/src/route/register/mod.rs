//! The complaints register and its event logs, written while they are read.

pub(super) mod logs;
mod pipe;
pub(super) mod tables;
