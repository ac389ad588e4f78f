//! The facts as they are recorded, as a stream that can be taken up again where it broke off.

use crate::access::Caller;
use crate::extract::{Asked, cursor};
use crate::problem::{Kind, Problem, RETRY};
use crate::reading::{Looked, look_at_stream};
use crate::running::{App, Shared};
use crate::wire::{FactEvent, FactOfCase, facts};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_core::Stream;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use store::cases::{Decided, FeedCursor, StreamId, Tenant, Writer};
use tokio::sync::mpsc;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How many decisions are read at once.
const DECISIONS_MAX: u32 = 100;

/// How long nothing is looked for after there was nothing new.
const PAUSE: Duration = Duration::from_millis(250);

/// After so long without a fact a line is sent that says nothing, so that a connection that is
/// gone is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// How many lines may wait for a slow reader.
const LINES_MAX: usize = 16;

/// The most writers whose journals a cursor names.
const WRITERS_MAX: usize = 1_000;

/// The facts as they are recorded, as server-sent events: `data` is a fact and its case, `id` is to
/// be sent as `Last-Event-ID` to read on, or as `after` where headers cannot be set. Facts of a
/// case come in their order, and so do those of a stop; those of a decision share an id, which stands at the last of them.
#[utoipa::path(
    get, path = "/v1/facts", tag = "cases",
    params(
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was read; all facts where it is left out."),
        ("after" = Option<String>, Query, description = "The same."),
    ),
    responses((status = 200, body = FactEvent, content_type = "text/event-stream")),
)]
pub(super) async fn facts_as_recorded(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    caller.capacity()?;
    let asked = asked.only(&["after"])?;
    let header = headers.get(LAST_EVENT_ID).map(|it| it.to_str().unwrap_or("?"));
    let (pointer, text) = match (header, asked.text("after")) {
        (Some(text), _) => ("/header/Last-Event-ID", Some(text)),
        (None, text) => ("/query/after", text),
    };
    let wrong = || Problem::parameter(pointer, "it takes the id of an event of this stream");
    let after = match text.filter(|it| !it.is_empty()) {
        Some(text) => read_cursor(caller.tenant, text).ok_or_else(wrong)?,
        None => FeedCursor::new(),
    };
    let place = app.streams.clone().try_acquire_owned();
    let place = place.map_err(|_| Problem::new(Kind::BUSY).after(RETRY))?;
    let (tell, told) = mpsc::channel(LINES_MAX);
    tokio::spawn(async move {
        send(&app, &caller, after, &tell).await;
        drop(place);
    });
    let headers = [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-store")];
    Ok((headers, Body::from_stream(Lines(told))).into_response())
}

/// Sends until the reader is gone or the server is stopped.
async fn send(app: &App, caller: &Caller, mut after: FeedCursor, tell: &mpsc::Sender<Bytes>) {
    let mut stopping = app.stopping.clone();
    let mut quiet = Duration::ZERO;
    // Something is said at once, so that the reader knows that the stream is open.
    let mut line = Some(Bytes::from_static(b": open\n\n"));
    loop {
        if let Some(line) = line.take()
            && tell.send(line).await.is_err()
        {
            return;
        }
        let (who, from) = (caller.clone(), after.clone());
        match app.wait(move |app| next(app, &who, &from)).await {
            Ok((text, cursor)) if cursor != after => {
                after = cursor;
                quiet = Duration::ZERO;
                line = (!text.is_empty()).then(|| Bytes::from(text));
                continue;
            }
            // Where the store is away for a moment, the stream waits for it.
            Ok(_) => {}
            Err(problem) if problem.status() == 503 => {}
            Err(_) => return,
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stopping.wait_for(|it| *it) => return,
            () = tell.closed() => return,
        }
        quiet = quiet.saturating_add(PAUSE);
        if quiet >= SIGN_OF_LIFE {
            quiet = Duration::ZERO;
            line = Some(Bytes::from_static(b": still here\n\n"));
        }
    }
}

/// The next facts as they are sent, and from where to read on. The token is asked for again, so
/// that a stream ends with it.
fn next(
    app: &Shared,
    caller: &Caller,
    after: &FeedCursor,
) -> Result<(String, FeedCursor), Problem> {
    still_works(app, caller)?;
    let feed = app.place.feed(caller.tenant, after, DECISIONS_MAX);
    let feed = feed.map_err(|it| Problem::of_store(&it))?;
    let mut looked = BTreeMap::<StreamId, Option<Looked>>::new();
    let mut cursor = after.clone();
    let mut text = String::new();
    for decided in &feed.decided {
        let (writer, sequence) = decided.page;
        cursor.insert(writer, (sequence, decided.place));
        if let std::collections::btree_map::Entry::Vacant(slot) = looked.entry(decided.stream) {
            slot.insert(match look_at_stream(app, caller, decided.stream) {
                Ok(looked) => Some(looked),
                // Not to be read by this caller.
                Err(problem) if problem.status() < 500 => None,
                Err(problem) => return Err(problem),
            });
        }
        let Some(Some(looked)) = looked.get(&decided.stream) else { continue };
        text.push_str(&lines(looked, decided, (caller.tenant, &cursor)));
    }
    Ok((text, feed.cursor))
}

fn still_works(app: &Shared, caller: &Caller) -> Result<(), Problem> {
    let all = app.place.tokens(caller.tenant).map_err(|it| Problem::of_store(&it))?;
    let now = app.now();
    let works = all.iter().any(|it| {
        it.id == caller.token && it.revoked_at.is_none() && it.expires.is_none_or(|at| now < at)
    });
    works.then_some(()).ok_or_else(|| Problem::new(Kind::NO_TOKEN))
}

/// The facts of one decision. Only the last has the id: whoever breaks off between them is sent all
/// of them again.
fn lines(looked: &Looked, decided: &Decided, (tenant, cursor): (Tenant, &FeedCursor)) -> String {
    let look = &looked.look;
    let place = usize::try_from(decided.version).unwrap_or(usize::MAX).checked_sub(1);
    let Some(kept) = place.and_then(|it| look.kept.get(it)) else { return String::new() };
    let stream = looked.stream();
    let mut all = facts(&stream, &kept.facts, &looked.reader);
    let last = all.pop();
    let told = all.into_iter().map(|it| (it, None));
    let told = told.chain(last.map(|it| (it, Some(write_cursor(tenant, cursor)))));
    let mut text = String::new();
    for (fact, id) in told {
        let kind = fact.kind.clone();
        let of_case = FactOfCase {
            case: look.standing.on.unwrap_or(decided.stream).to_string(),
            stop: stream.stop.map(|(id, _)| id.to_string()),
            version: decided.version,
            recorded_at: kept.recorded_at.to_string(),
            fact,
        };
        let Ok(data) = serde_json::to_string(&of_case) else { continue };
        let id = id.map_or(String::new(), |it| format!("id: {it}\n"));
        text.push_str(&format!("event: {kind}\n{id}data: {data}\n\n"));
    }
    text
}

/// Pages are counted for each tenant, so that the numbers of one would skip facts of another.
fn write_cursor(tenant: Tenant, after: &FeedCursor) -> String {
    let each = after.iter().map(|(writer, (page, place))| format!("{} {page} {place}", writer.0));
    cursor(&format!("{}:{}", tenant.0, each.collect::<Vec<_>>().join(",")))
}

fn read_cursor(own: Tenant, text: &str) -> Option<FeedCursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (tenant, text) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
    if tenant != own.0.to_string() {
        return None;
    }
    let each = text.split(',').map(|it| {
        let mut parts = it.split(' ');
        let writer = Writer(parts.next()?.parse().ok()?);
        let read = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some((writer, read))
    });
    let all: FeedCursor = each.collect::<Option<_>>()?;
    (all.len() <= WRITERS_MAX).then_some(all)
}

/// Lines that wait to be sent.
struct Lines(mpsc::Receiver<Bytes>);

impl Stream for Lines {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(task).map(|it| it.map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_stream_is_read_on_comes_back_as_it_was() {
        let after = FeedCursor::from([(Writer(1), (7, 0)), (Writer(12), (u64::MAX, 3))]);
        let own = Tenant(7);
        let text = write_cursor(own, &after);
        assert_eq!(read_cursor(own, &text), Some(after));
        assert_eq!(read_cursor(Tenant(8), &text), None, "of another tenant");
        let wrong = ["1 2 3", "7:1 2", "7:1 2 3 4", "7:a 1 1", "7:", ":1 2 3", "07:1 2 3"];
        for text in wrong.map(cursor).iter().map(String::as_str).chain(["", "x", "MQ"]) {
            assert_eq!(read_cursor(own, text), None, "{text}");
        }
    }
}
