//! From the reply of the keeper to the answer of a request.

use crate::problem::{Kind, PROBLEM, Problem, RETRY};
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use store::keeper::{Reply, Undone};

/// The header that says that the answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The answer to a request that the keeper replied to.
#[must_use]
pub fn answer(reply: Reply, is_opening: bool) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = HeaderMap::new();
    let kind = if status.is_success() { "application/json" } else { PROBLEM };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if reply.is_replayed {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    if status.is_success() {
        let told = reply.case.map(|(id, version)| (id.to_string(), Some(version)));
        let (id, version) = told.or_else(|| said(&reply.body)).unwrap_or_default();
        let etag = version.and_then(|it| HeaderValue::from_str(&format!("\"{it}\"")).ok());
        headers.extend(etag.map(|it| (ETAG, it)));
        let location = HeaderValue::from_str(&format!("/v1/cases/{id}")).ok();
        headers.extend(location.filter(|_| is_opening).map(|it| (LOCATION, it)));
    }
    let refused = if status.is_success() { None } else { refused(&reply.body) };
    let mut response = (status, headers, reply.body).into_response();
    if let Some(refused) = refused {
        response.extensions_mut().insert(refused);
    }
    response
}

/// The name of the problem in the body of an answer that the keeper made, for whoever counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

fn refused(body: &[u8]) -> Option<Refused> {
    #[derive(Deserialize)]
    struct Body {
        #[serde(rename = "type")]
        kind: String,
    }
    let body: Body = serde_json::from_slice(body).ok()?;
    let name = body.kind.rsplit('/').next().and_then(Kind::named)?.name;
    Some(Refused(name.to_owned()))
}

/// What the body of a replayed answer says of its case.
fn said(body: &[u8]) -> Option<(String, Option<u32>)> {
    #[derive(Deserialize)]
    struct Body {
        case: Case,
    }
    #[derive(Deserialize)]
    struct Case {
        id: String,
        version: Option<u32>,
    }
    let body: Body = serde_json::from_slice(body).ok()?;
    Some((body.case.id, body.case.version))
}

/// Why there is no reply.
#[must_use]
pub fn undone(why: &Undone) -> Problem {
    match why {
        Undone::Busy => Problem::new(Kind::BUSY).after(RETRY),
        Undone::Stopping => {
            Problem::new(Kind::BUSY).because("the server is being stopped").after(RETRY)
        }
        Undone::Failed(failure) => Problem::of_store(failure),
    }
}
