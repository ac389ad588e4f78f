//! What `check --format sarif` writes: SARIF 2.1.0, for services that show findings beside code.

mod fingerprint;
mod place;
mod report;

pub(crate) use report::checked_sarif;
