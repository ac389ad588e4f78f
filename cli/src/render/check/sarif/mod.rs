//! What `check --format sarif` writes: SARIF 2.1.0, for services that show findings beside code.

mod fingerprint;
mod place;
mod report;

pub(crate) use place::{location, message};
pub(crate) use report::checked_sarif;
pub(crate) use report::{SARIF_SCHEMA, SARIF_VERSION};
