//! The test harness and its suite.

pub mod guards_agree;
pub mod random;
