//! A bare handler of axum, as a process of its own.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use tokio::sync::oneshot;

use super::group::Waiting;
use super::{postgres, sqlite};

#[derive(Clone)]
struct App {
    rows: Sender<Waiting>,
    /// What is written besides what was sent, so that a row has the size of ours.
    filler: Arc<Vec<u8>>,
}

/// Serves until it is killed. The words are `sqlite` or `postgres`, where to, and the size of a
/// row in bytes.
pub(crate) fn main(words: &[String]) -> Result<()> {
    let [kind, place, bytes] = words else { bail!("three words are needed") };
    let bytes: usize = bytes.parse().context("no size of a row")?;
    let rows = match kind.as_str() {
        "sqlite" => sqlite::start(place)?,
        "postgres" => postgres::start(place)?,
        other => bail!("`{other}` is no database"),
    };
    let app = App { rows, filler: Arc::new(sqlite::filler(bytes)) };
    let routes = Router::new()
        .route("/v1/cases/{case}/events", post(report))
        .route("/healthz", get(|| async { "ok" }))
        .with_state(app);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let mut said = std::io::stderr();
        writeln!(said, "listens on http://{} and keeps rows", listener.local_addr()?)?;
        let listener = listener.tap_io(|it| drop(it.set_nodelay(true)));
        axum::serve(listener, routes).await?;
        Ok(())
    })
}

async fn report(
    State(app): State<App>,
    Path(_case): Path<String>,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<&'static str, StatusCode> {
    let key = headers.get("idempotency-key").and_then(|it| it.to_str().ok());
    let key = key.ok_or(StatusCode::BAD_REQUEST)?.to_owned();
    let mut body = sent.to_vec();
    let n_left = app.filler.len().saturating_sub(body.len() + key.len());
    body.extend(app.filler.iter().take(n_left));
    let (done, is_done) = oneshot::channel();
    let waiting = Waiting { key, body, done };
    app.rows.send(waiting).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    is_done.await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok("{}")
}
