//! Whether the server lives, whether it can work, and its figures.

use crate::app::App;
use crate::metrics::Gauge;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use engine::time::Instant;
use std::time::Duration;
use store::clock;

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
    let now = Instant::from_utc(clock::now());
    let mut gauges = app.wait(move |app| Ok(of_store(app, now))).await.unwrap_or_default();
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
    ([(CONTENT_TYPE, FIGURES)], app.metrics.text(&gauges)).into_response()
}

/// What the store says, as far as it says something.
fn of_store(app: &crate::app::Shared, now: Instant) -> Vec<Gauge> {
    let depth = app
        .place
        .depth()
        .ok()
        .map(|depth| Gauge::whole("outbox_depth", "Messages that wait to be sent.", depth));
    let late = app.place.first_timer().ok().map(|first| {
        // A timer is written as the first instant at which time has acted.
        let ms = first.map_or(0, |at| now.ms_since(at).max(0));
        Gauge::ms("timer_lateness_seconds", "How long the first timer is overdue.", ms)
    });
    depth.into_iter().chain(late).collect()
}
