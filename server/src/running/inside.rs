//! The routes asked from within a process: what they answer is what they answer over HTTP, byte for
//! byte, to somebody who needs no token because the store is theirs to open.

use crate::access::{Caller, Identities, Secret};
use crate::problem::Problem;
use crate::reading::{Looked, When, look};
use crate::route::routes;
use crate::running::serve::app;
use crate::running::{App, Limits};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, IF_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use engine::time::Instant;
use std::io;
use std::sync::Arc;
use store::cases::StreamId;
use store::clock::Clock;
use store::keeper::Keeper;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tower::Service as _;

/// The routes for one caller within the process.
pub struct Inside {
    app: App,
    caller: Caller,
    router: Router,
    runtime: Runtime,
    /// While this is there, nothing is being stopped.
    _stop: watch::Sender<bool>,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The path and what stands after the `?`, percent signs and all.
    pub path: String,
    /// The idempotency key.
    pub key: Option<String>,
    /// The version that the case must have.
    pub if_match: Option<u32>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The status.
    pub status: u16,
    /// Whether it was answered before, under the same key.
    pub is_replayed: bool,
    /// The body.
    pub body: Vec<u8>,
    /// What the store said, where it failed. Over HTTP that stands in the log alone.
    pub cause: Option<String>,
}

/// The one who asks, whatever the headers say.
struct One(Caller);

impl Identities for One {
    fn sent(&self, _: &HeaderMap) -> Result<Secret, Problem> {
        Secret::new().map_err(|why| Problem::broken(&why))
    }

    fn known(&self, _: &Secret, _: Instant) -> Option<Result<Caller, Problem>> {
        Some(Ok(self.0.clone()))
    }

    fn ask(&self, _: &Secret, _: Instant) -> Result<Caller, Problem> {
        Ok(self.0.clone())
    }

    fn forget(&self) {}
}

impl Inside {
    /// The routes for this caller.
    ///
    /// # Errors
    /// As [`crate::running::Server::new`]; or there can be no runtime.
    pub fn new(keeper: Keeper, clock: Arc<dyn Clock>, caller: Caller) -> Result<Self, String> {
        let (app, stop) = app(keeper, clock, Limits::default(), Arc::new(One(caller.clone())))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|why| format!("no runtime: {why}"))?;
        Ok(Self { router: routes(&app), app, caller, runtime, _stop: stop })
    }

    /// Reads a case, for whoever tells more of it than a route answers.
    ///
    /// # Errors
    /// As [`look`].
    pub fn look(&self, case: StreamId) -> Result<Looked, Problem> {
        look(&self.app, &self.caller, case, When::Now)
    }

    /// Reads something.
    ///
    /// # Errors
    /// The path is none, or the answer breaks off.
    pub fn get(&self, path: &str) -> io::Result<Told> {
        self.send(Method::GET, &Ask { path: path.to_owned(), ..Ask::default() }, Vec::new())
    }

    /// Takes something away.
    ///
    /// # Errors
    /// As [`Inside::get`].
    pub fn delete(&self, path: &str) -> io::Result<Told> {
        self.send(Method::DELETE, &Ask { path: path.to_owned(), ..Ask::default() }, Vec::new())
    }

    /// Sends a body of JSON.
    ///
    /// # Errors
    /// As [`Inside::get`].
    pub fn post(&self, ask: &Ask, body: Vec<u8>) -> io::Result<Told> {
        self.send(Method::POST, ask, body)
    }

    fn send(&self, method: Method, ask: &Ask, body: Vec<u8>) -> io::Result<Told> {
        let request = Request::builder().method(method).uri(&ask.path);
        let mut request = request.body(Body::from(body)).map_err(io::Error::other)?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(key) = &ask.key {
            let key = HeaderValue::from_str(key).map_err(io::Error::other)?;
            headers.insert(HeaderName::from_static("idempotency-key"), key);
        }
        if let Some(version) = ask.if_match {
            let version = HeaderValue::from_str(&format!("\"{version}\""));
            headers.insert(IF_MATCH, version.map_err(io::Error::other)?);
        }
        let mut router = self.router.clone();
        self.runtime.block_on(async {
            // Routes are always ready.
            let Ok(response) = router.call(request).await;
            told(response).await
        })
    }
}

async fn told(response: Response) -> io::Result<Told> {
    let status = response.status().as_u16();
    let is_replayed = response.headers().contains_key("idempotency-replayed");
    let cause = response.extensions().get::<Problem>().and_then(Problem::cause);
    let cause = cause.map(str::to_owned);
    let body = to_bytes(response.into_body(), usize::MAX).await.map_err(io::Error::other)?;
    Ok(Told { status, is_replayed, body: body.to_vec(), cause })
}
