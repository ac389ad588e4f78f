//! What may be configured, and what the sender is given from outside.

use crate::outbox::reach::{Resolve, SystemResolve, system_trust};
use crate::outbox::schedule::Schedule;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::clock::{Clock, SystemClock};
use tokio_rustls::rustls::{ClientConfig, Error};

/// What may be configured. The default is what `docs/WEBHOOKS.md` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether receivers may be on this machine or in a private network.
    pub allow_private: bool,
    /// Whether receivers may be spoken to without TLS.
    pub allow_http: bool,
    /// The folder of the file sink; without one nothing is written to files.
    pub sink: Option<PathBuf>,
    /// When something is tried again.
    pub schedule: Schedule,
    /// How long one try may take, from the look-up of the name to the head of the answer.
    pub try_max: Duration,
    /// How late something that tells somebody must be to be sent in a digest.
    pub late: Duration,
    /// The most requests that are under way at the same time.
    pub in_flight_max: usize,
}

/// Messages are kept from other senders for so many times the longest try.
const LEASE_TRIES: u32 = 4;

impl Options {
    /// How long messages are kept from other senders.
    pub(super) const fn lease(&self) -> Duration {
        self.try_max.saturating_mul(LEASE_TRIES)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allow_private: false,
            allow_http: false,
            sink: None,
            schedule: Schedule::default(),
            try_max: Duration::from_secs(15),
            late: Duration::from_secs(3_600),
            in_flight_max: 256,
        }
    }
}

/// What the sender is given from outside.
#[derive(Clone)]
pub struct Outside {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Finds the addresses of hosts.
    pub resolve: Arc<dyn Resolve>,
    /// Which certificates are believed.
    pub trust: Arc<ClientConfig>,
    /// Gives random numbers.
    pub random: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl Outside {
    /// The clock, the names, the certificates and the luck of this machine.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn machine() -> Result<Self, Error> {
        Ok(Self {
            clock: Arc::new(SystemClock),
            resolve: Arc::new(SystemResolve),
            trust: system_trust()?,
            // Without luck each wait is the shortest that it may be.
            random: Arc::new(|| getrandom::u64().unwrap_or_default()),
        })
    }
}
