//! How a database is used.

use std::time::Duration;

/// How a PostgreSQL database is used. What the URL says (host, user, database, search path) is
/// not repeated here.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that write, at most: as many as there are writers, and one for everything else.
    pub writers_max: usize,
    /// Connections that read, at most.
    pub readers_max: usize,
    /// How long opening a connection may take.
    pub connect: Duration,
    /// How long a statement may run.
    pub statement: Duration,
    /// How long a call may wait for a connection while all are used.
    pub wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            writers_max: 5,
            readers_max: 8,
            connect: Duration::from_secs(5),
            statement: Duration::from_secs(30),
            wait: Duration::from_secs(5),
        }
    }
}
