//! What happens around every request: an id, a place in the queue, a limit of time, a line in the
//! log and a count. Nothing personal is logged: neither address nor body, only the template of the
//! route.

use crate::post::Refused;
use crate::problem::{Kind, Problem, RETRY};
use crate::running::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::time::Instant;
use tracing::Instrument as _;
use uuid::Uuid;

/// The header that names the request in the answer.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a request, with all that belongs around it.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Uuid::now_v7().to_string();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id, %method, route);
    let response = answer(&app, request, next).instrument(span.clone()).await;
    let mut response = named(response, &id);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    app.metrics.answered(method.as_str(), &route, status, took);
    let problem = response.extensions().get::<Problem>().map(Problem::name);
    let kept = response.extensions().get::<Refused>().map(|it| it.0.as_str());
    if let Some(name) = problem.or(kept) {
        app.metrics.refused(name);
    }
    let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(status, took_us, "answered"));
    response
}

async fn answer(app: &App, request: Request, next: Next) -> Response {
    // Health is asked about when there is too much to do as well.
    let is_vital = matches!(request.uri().path(), "/healthz" | "/readyz" | "/metrics");
    let place = app.requests.clone().try_acquire_owned().ok();
    if place.is_none() && !is_vital {
        return Problem::new(Kind::BUSY).after(RETRY).into_response();
    }
    let answered = tokio::time::timeout(app.limits.answer_wait, next.run(request)).await;
    answered.unwrap_or_else(|_| {
        tracing::warn!("a request took too long");
        Problem::new(Kind::BUSY).after(RETRY).into_response()
    })
}

/// A problem says which request it is about.
fn named(response: Response, id: &str) -> Response {
    match response.extensions().get::<Problem>() {
        None => response,
        Some(problem) => {
            let told = problem.clone().of_request(id).into_response();
            let (mut head, _) = response.into_parts();
            head.headers.extend(
                told.headers().clone().into_iter().filter_map(|(name, value)| Some((name?, value))),
            );
            Response::from_parts(head, told.into_body())
        }
    }
}
