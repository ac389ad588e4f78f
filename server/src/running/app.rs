//! What all routes share.

use crate::access::{Identities, Rates};
use crate::body::Shapes;
use crate::outbox::Figures;
use crate::problem::{Kind, Problem, RETRY};
use crate::reading::Versions;
use crate::running::Limits;
use crate::running::Metrics;
use engine::time::Instant;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use store::cases::{Place, TokenId};
use store::clock::Clock;
use store::keeper::Keeper;
use tokio::sync::{Semaphore, watch};

/// What all routes share.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// The parts of an [`App`].
pub struct Shared {
    /// Decides and keeps cases.
    pub keeper: Keeper,
    /// Where everything is kept.
    pub place: Arc<dyn Place>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Who sends requests.
    pub identities: Arc<dyn Identities>,
    /// The limits.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
    /// What the sender of messages has done, where one runs in this process.
    pub sent: OnceLock<Box<dyn Fn() -> Figures + Send + Sync>>,
    /// What bodies look like.
    pub shapes: Shapes,
    /// The OpenAPI document.
    pub document: String,
    /// The same as a page.
    pub docs: String,
    /// Room for requests.
    pub requests: Arc<Semaphore>,
    /// Room for calls to the store.
    pub reads: Arc<Semaphore>,
    /// Room for streams.
    pub streams: Arc<Semaphore>,
    /// How often the holders of tokens asked.
    pub token_rates: Rates<TokenId>,
    /// How often somebody asked for a ticket.
    pub ticket_rates: Rates<String>,
    /// How often somebody asked for any.
    pub status_rates: Rates<()>,
    /// Which version of a protocol a case runs under: it never changes.
    pub versions: Versions,
    /// Whether the server is being stopped.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// The same for everybody.
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// Does something that waits for the store, on a thread that may wait.
    ///
    /// # Errors
    /// Too much waits already; or what was done says so.
    pub async fn wait<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let room = self.reads.clone().try_acquire_owned();
        let room = room.map_err(|_| Problem::new(Kind::BUSY).after(RETRY))?;
        let app = self.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let answer = ask(&app);
            drop(room);
            answer
        });
        asked.await.unwrap_or_else(|why| Err(Problem::broken(&why)))
    }
}

impl Shared {
    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
