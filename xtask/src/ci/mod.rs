//! What a change must pass, and what the tests need for it.

mod run;
pub(crate) mod setup;
pub(crate) mod steps;

pub(crate) use run::run;
