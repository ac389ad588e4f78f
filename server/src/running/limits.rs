//! How much is taken, how long is waited, and for whom: every limit has a name and a unit.

use crate::access::Allowance;
use std::time::Duration;

/// The limits of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body of one report, in bytes.
    pub body_bytes_max: usize,
    /// The largest body of a batch or of a protocol, in bytes.
    pub large_body_bytes_max: usize,
    /// How long is waited for the whole body of a request.
    pub body_wait: Duration,
    /// How long is waited for the head of a request, also between two requests on a connection.
    pub head_wait: Duration,
    /// How long a request may take once it has arrived.
    pub answer_wait: Duration,
    /// The most connections at once.
    pub connections_max: usize,
    /// The most requests that are answered at once.
    pub requests_max: usize,
    /// The most calls to the store that run or wait at once, besides those that write.
    pub reads_max: usize,
    /// The most streams of facts at once.
    pub streams_max: usize,
    /// How often the holder of one token may ask.
    pub per_token: Allowance,
    /// How often anybody may ask for the status of one ticket.
    pub per_ticket: Allowance,
    /// How often the status of any ticket may be asked for.
    pub per_status: Allowance,
    /// How long is waited for requests that run when the server is stopped.
    pub stop_wait: Duration,
    /// For how many days after its end a case shows its status to its complainant.
    pub status_days: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes_max: 256 * 1024,
            large_body_bytes_max: 4 * 1024 * 1024,
            body_wait: Duration::from_secs(10),
            head_wait: Duration::from_secs(30),
            answer_wait: Duration::from_secs(30),
            connections_max: 12_000,
            requests_max: 4_096,
            reads_max: 512,
            streams_max: 256,
            per_token: Allowance { burst: 10_000, per_second: 5_000 },
            per_ticket: Allowance { burst: 5, per_second: 1 },
            per_status: Allowance { burst: 200, per_second: 50 },
            stop_wait: Duration::from_secs(10),
            status_days: 90,
        }
    }
}
