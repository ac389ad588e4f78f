//! Whether the server lives, whether it can work, and its figures.

use crate::outbox;
use crate::problem::Problem;
use crate::running::{App, Shared};
use crate::running::{Gauge, Sizes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use std::time::Duration;
use store::keeper::{BATCH_STEPS, Figures};

/// The media type of figures.
const FIGURES: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How long the store may take to say whether it can be written.
const READY_WAIT: Duration = Duration::from_secs(5);

/// Says that the process answers.
#[utoipa::path(get, path = "/healthz", tag = "running", responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn healthz() -> &'static str {
    "alive\n"
}

/// Says whether the store can be written: it is tried.
#[utoipa::path(get, path = "/readyz", tag = "running", responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, Problem> {
    let tried = app.wait(|app| app.place.writable().map_err(|it| Problem::of_store(&it)));
    let late = || Problem::of_store(&store::cases::Failure::Unavailable("it is slow".to_owned()));
    tokio::time::timeout(READY_WAIT, tried).await.unwrap_or_else(|_| Err(late()))?;
    match *app.stopping.borrow() {
        false => Ok("ready\n"),
        true => {
            Err(Problem::new(crate::problem::Kind::BUSY).because("the server is being stopped"))
        }
    }
}

/// The figures, as Prometheus reads them.
#[utoipa::path(get, path = "/metrics", tag = "running", responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(app): State<App>) -> Response {
    let mut gauges = app.wait(|app| Ok(of_store(app))).await.unwrap_or_default();
    gauges.extend(of_keeper(&app.keeper.figures()));
    let used = |all: usize, left: usize| u64::try_from(all.saturating_sub(left)).unwrap_or(0);
    let limits = &app.limits;
    gauges.extend([
        Gauge::whole(
            "requests_running",
            "Requests that are being answered.",
            used(limits.requests_max, app.requests.available_permits()),
        ),
        Gauge::whole(
            "streams_open",
            "Streams of facts that are open.",
            used(limits.streams_max, app.streams.available_permits()),
        ),
    ]);
    gauges.extend(app.sent.get().into_iter().flat_map(|sent| of_sender(&sent())));
    let batches = batches(&app.keeper.figures());
    ([(CONTENT_TYPE, FIGURES)], app.metrics.text(&gauges, &[batches])).into_response()
}

/// What the store says, as far as it says something.
fn of_store(app: &Shared) -> Vec<Gauge> {
    let mut all = Vec::new();
    if let Ok(depth) = app.place.depth() {
        all.push(Gauge::whole("outbox_depth", "Messages that wait to be sent.", depth));
    }
    if let Ok(oldest) = app.place.oldest_waiting() {
        let ms = oldest.map_or(0, |since| app.now().ms_since(since).max(0));
        let what = "How long the oldest message that might have been sent waits.";
        all.push(Gauge::ms("outbox_oldest_age_seconds", what, ms));
    }
    all
}

/// What the sender of messages says of itself.
fn of_sender(it: &outbox::Figures) -> [Gauge; 6] {
    let tries = it.arrived.saturating_add(it.failed);
    [
        Gauge::counter(
            "outbox_tries_total",
            "Messages that arrived, and tries that failed.",
            tries,
        ),
        Gauge::counter("outbox_arrived_total", "Messages that arrived.", it.arrived),
        Gauge::counter("outbox_failed_tries_total", "Tries that failed.", it.failed),
        Gauge::counter("outbox_dead_total", "Messages that were given up.", it.dead),
        Gauge::counter("outbox_gone_total", "Receivers that said that they are gone.", it.gone),
        Gauge::whole("outbox_requests_running", "Deliveries under way.", it.in_flight),
    ]
}

/// How large the transactions of the keeper were.
fn batches(it: &Figures) -> Sizes {
    Sizes {
        name: "batch_decisions",
        help: "Decisions in one transaction.",
        steps: BATCH_STEPS.into_iter().zip(it.batch_steps).collect(),
        n: it.batches,
        sum: it.decisions,
    }
}

/// What the keeper says of itself.
fn of_keeper(it: &Figures) -> [Gauge; 10] {
    let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    [
        Gauge::whole("orders_waiting", "Orders that wait to be decided.", it.waiting),
        Gauge::whole("decisions_held", "Decisions that are held in memory.", it.held),
        Gauge::counter("batches_total", "Transactions that were written.", it.batches),
        Gauge::counter("decisions_total", "Decisions that were written.", it.decisions),
        Gauge::counter("overtaken_total", "Times that somebody else wrote first.", it.overtaken),
        Gauge::counter("store_failures_total", "Times that the store failed.", it.failures),
        Gauge::counter("timers_acted_total", "Streams on which time acted.", it.wakes),
        Gauge::ms("timer_lateness_seconds", "How late time acted the last time.", ms(it.late_ms)),
        Gauge::ms(
            "timer_behind_seconds",
            "How long the first act of time waits.",
            ms(it.behind_ms),
        ),
        Gauge::whole("streams_stuck", "Streams on which time cannot act.", it.stuck),
    ]
}
