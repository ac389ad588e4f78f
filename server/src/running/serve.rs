//! A server from its start to its end.

use crate::access::{Identities, Rates, Tokens};
use crate::body::Shapes;
use crate::document;
use crate::outbox::Figures;
use crate::pages;
use crate::reading::Versions;
use crate::route::routes;
use crate::running::Limits;
use crate::running::Metrics;
use crate::running::accept;
use crate::running::{App, Shared};
use axum::Router;
use std::io;
use std::sync::{Arc, OnceLock};
use store::clock::Clock;
use store::keeper::Keeper;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// A server that is ready to serve.
pub struct Server {
    app: App,
    keeper: Keeper,
    limits: Limits,
    stop: watch::Sender<bool>,
}

impl Server {
    /// A server for the cases of a keeper.
    ///
    /// # Errors
    /// What about the schemas of its own requests it cannot check: a fault of ours.
    pub fn new(keeper: Keeper, clock: Arc<dyn Clock>, limits: Limits) -> Result<Self, String> {
        let identities = Arc::new(Tokens::of(Arc::clone(keeper.place())));
        let (app, stop) = app(keeper.clone(), clock, limits, identities)?;
        Ok(Self { app, keeper, limits, stop })
    }

    /// Its routes, for whoever brings a listener of their own.
    pub fn routes(&self) -> Router {
        routes(&self.app)
    }

    /// What stops it.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Shows what a sender of messages has done among the figures. The first one that is said counts.
    pub fn shows(&self, sent: impl Fn() -> Figures + Send + Sync + 'static) {
        let _known = self.app.sent.set(Box::new(sent));
    }

    /// Serves until it is stopped; then lets requests end, writes what waits, and returns.
    ///
    /// # Errors
    /// Connections cannot be taken at all.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let stopping = self.stop.subscribe();
        accept::serve(listener, self.routes(), self.limits, stopping).await?;
        let keeper = self.keeper;
        tokio::task::spawn_blocking(move || keeper.stop()).await.map_err(io::Error::other)
    }
}

/// What all routes share, and what says that they are being stopped.
///
/// # Errors
/// As [`Server::new`].
pub(super) fn app(
    keeper: Keeper,
    clock: Arc<dyn Clock>,
    limits: Limits,
    identities: Arc<dyn Identities>,
) -> Result<(App, watch::Sender<bool>), String> {
    let described = document::document();
    let (stop, stopping) = watch::channel(false);
    let app = App::new(Shared {
        identities,
        place: Arc::clone(keeper.place()),
        keeper,
        clock,
        limits,
        metrics: Metrics::default(),
        sent: OnceLock::new(),
        shapes: Shapes::of(&described)?,
        docs: pages::docs(&described),
        document: document::text(&described),
        requests: Arc::new(Semaphore::new(limits.requests_max)),
        reads: Arc::new(Semaphore::new(limits.reads_max)),
        streams: Arc::new(Semaphore::new(limits.streams_max)),
        token_rates: Rates::new(limits.per_token),
        ticket_rates: Rates::new(limits.per_ticket),
        status_rates: Rates::new(limits.per_status),
        versions: Versions::default(),
        stopping,
    });
    Ok((app, stop))
}

/// Stops a server.
#[derive(Clone, Debug)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Stops it: no more connections are taken, and streams end.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}
