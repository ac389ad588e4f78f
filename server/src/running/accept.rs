//! Takes connections, as many as there is room for, and lets them end when the server is stopped.

use crate::running::Limits;
use crate::running::full::Full;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How long no connection is taken after one could not be: file handles run out, for instance.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// The largest head of a request, in bytes. `hyper` answers 431 to a larger one.
const HEAD_BYTES_MAX: usize = 32 * 1024;

/// Serves until `stopping` says so; then takes no more connections, lets requests end, and returns
/// once they did or have had their time.
///
/// # Errors
/// Never at present: what fails is one connection, and is logged.
pub(super) async fn serve(
    listener: TcpListener,
    routes: Router,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(limits.connections_max));
    let full = Full::new();
    let ending = GracefulShutdown::new();
    loop {
        let taken = tokio::select! {
            taken = take(&listener, &room) => taken,
            _ = stopping.wait_for(|it| *it) => break,
        };
        match taken {
            Err(why) => {
                tracing::warn!(%why, "a connection could not be taken");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
            Ok((stream, None)) => full.tell(stream),
            Ok((stream, Some(place))) => {
                // Answers are small, and each waits for the caller: they are sent at once.
                let _ = stream.set_nodelay(true);
                let mut server = http1::Builder::new();
                server
                    .timer(TokioTimer::new())
                    .header_read_timeout(limits.head_wait)
                    .max_buf_size(HEAD_BYTES_MAX);
                let routes = TowerToHyperService::new(routes.clone());
                let connection = server.serve_connection(TokioIo::new(stream), routes);
                let connection = ending.watch(connection);
                tokio::spawn(async move {
                    if let Err(why) = connection.await {
                        tracing::debug!(%why, "a connection ended early");
                    }
                    drop(place);
                });
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.stop_wait, ending.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    Ok(())
}

/// The next connection, and its place where there is room.
async fn take(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, Option<OwnedSemaphorePermit>)> {
    let (stream, _) = listener.accept().await?;
    Ok((stream, room.clone().try_acquire_owned().ok()))
}
