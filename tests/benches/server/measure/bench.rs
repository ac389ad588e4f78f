//! How long it is measured, and where.

use std::path::PathBuf;
use std::time::Duration;

use crate::table::Table;

/// How many connections there are.
pub(crate) const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];

/// How long it is measured, and where.
pub(crate) struct Bench {
    /// For everything that is written; deleted at the end.
    pub(crate) folder: PathBuf,
    pub(crate) table: Table,
    /// How long each figure is counted.
    pub(crate) count: Duration,
    /// How long nothing is counted before.
    pub(crate) warm: Duration,
    /// How many times what is compared is measured in turn; the best of each counts.
    pub(crate) rounds: usize,
    /// How many open cases there are where there are many.
    pub(crate) many: usize,
}
