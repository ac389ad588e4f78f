//! What `test` found out, and what was accepted before.

pub(crate) mod accepted;
mod result;

pub(crate) use result::{TestedProtocol, TestedScenario, Verdict};
