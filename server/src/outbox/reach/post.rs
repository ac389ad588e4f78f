//! One request and the head of its answer.

use crate::outbox::reach::dial::{Dial, dial};
use crate::outbox::reply::Reply;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// The longest head of an answer, in bytes.
const HEAD_BYTES_MAX: usize = 32 * 1_024;

/// The most lines in the head of an answer.
const HEAD_LINES_MAX: usize = 100;

/// How much of the body of an answer is read, in bytes. It is read so that the receiver can finish,
/// and thrown away.
const BODY_BYTES_MAX: usize = 64 * 1_024;

/// How long the body of an answer is read.
const BODY_MAX: Duration = Duration::from_secs(1);

const AGENT: &str = concat!("redress/", env!("CARGO_PKG_VERSION"));

/// What is posted, and what stands above it.
pub(in crate::outbox) struct Sending {
    pub(in crate::outbox) id: String,
    pub(in crate::outbox) sent_at_s: i64,
    pub(in crate::outbox) signature: String,
    pub(in crate::outbox) body: Bytes,
}

/// Where it goes.
pub(in crate::outbox) struct Web<'a> {
    pub(in crate::outbox) secure: bool,
    pub(in crate::outbox) host: &'a str,
    pub(in crate::outbox) port: u16,
    pub(in crate::outbox) authority: &'a str,
    pub(in crate::outbox) path: &'a str,
}

/// Posts it and reads what is answered. The connection is closed afterwards: the next one is
/// made to an address that was checked again.
pub(in crate::outbox) async fn post(
    with: &Dial,
    web: &Web<'_>,
    sending: Sending,
) -> Result<Reply, String> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(web.path)
        .header(HOST, web.authority)
        .header(CONTENT_TYPE, "application/cloudevents+json")
        .header(USER_AGENT, AGENT)
        .header(CONNECTION, "close")
        .header("webhook-id", sending.id)
        .header("webhook-timestamp", sending.sent_at_s)
        .header("webhook-signature", sending.signature)
        .body(Full::new(sending.body))
        .map_err(|why| format!("the request cannot be written: {why}"))?;
    let line = dial(with, web.secure, web.host, web.port).await?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD_BYTES_MAX)
        .max_headers(HEAD_LINES_MAX)
        .handshake(TokioIo::new(line))
        .await
        .map_err(|why| said(&why))?;
    // Dropped with this call, however it ends: nothing goes on in the background.
    let mut driving = JoinSet::new();
    driving.spawn(connection);
    let answer = sender.send_request(request).await.map_err(|why| said(&why))?;
    let retry_after = answer.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok());
    let reply =
        Reply { status: answer.status().as_u16(), retry_after: retry_after.map(str::to_owned) };
    // Whatever comes of it, the head has said what counts.
    let _ = timeout(BODY_MAX, read_away(answer)).await;
    Ok(reply)
}

async fn read_away(answer: Response<Incoming>) {
    let mut body = answer.into_body();
    let mut n_bytes = 0;
    while n_bytes < BODY_BYTES_MAX {
        let Some(Ok(frame)) = body.frame().await else { return };
        n_bytes += frame.data_ref().map_or(0, Bytes::len);
    }
}

fn said(why: &hyper::Error) -> String {
    if why.is_parse() {
        return "the answer is no HTTP".to_owned();
    }
    if why.is_incomplete_message() || why.is_canceled() || why.is_closed() {
        return "the connection was closed before an answer".to_owned();
    }
    format!("the connection failed: {why}")
}
