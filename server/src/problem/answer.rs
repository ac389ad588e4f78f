//! A problem as it is answered.

use crate::problem::Kind;
use crate::wire::Refusal;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Duration;
use store::cases::Failure;
use utoipa::ToSchema;

/// The media type of problems.
pub const PROBLEM: &str = "application/problem+json";

/// After how long a caller comes again where nothing better is known.
pub const RETRY: Duration = Duration::from_secs(1);

/// The most faults that are listed.
const FAULTS_MAX: usize = 100;

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(Box<ProblemBody>);

/// Why a request was not carried out, as RFC 9457 describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Which kind of problem: the address of its page.
    #[serde(rename = "type")]
    #[schema(example = "/problems/refused")]
    kind: String,
    /// What kind of problem it is, in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What stands against this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The request, as it stands in the log of the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// Everything that is wrong with the request, where that can be said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<Fault>,
    /// What the protocol says, where it refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Box<Refusal>>,
    /// After how long to come again.
    #[serde(skip)]
    #[schema(ignore)]
    retry: Option<Duration>,
    /// What the store said, for those who run it.
    #[serde(skip)]
    #[schema(ignore)]
    cause: Option<String>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Where: a JSON pointer into the body; `/query/…`, `/header/…` or `/path/…` for what is
    /// outside it.
    #[schema(example = "/data/harm")]
    pub pointer: String,
    /// Which fault, as a name that does not change.
    #[schema(example = "unknown-member")]
    pub code: &'static str,
    /// What is wrong, and what would be right.
    pub detail: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, detail: detail.into() }
    }
}

impl Problem {
    /// A problem of a kind.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self(Box::new(ProblemBody {
            kind: format!("/problems/{}", kind.name),
            title: kind.title,
            status: kind.status,
            detail: None,
            instance: None,
            errors: Vec::new(),
            refusal: None,
            retry: None,
            cause: None,
        }))
    }

    /// The same, with what stands against this request.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same, with everything that is wrong; the list is cut where it gets long.
    #[must_use]
    pub fn with(mut self, mut errors: Vec<Fault>) -> Self {
        let n_errors = errors.len();
        errors.truncate(FAULTS_MAX);
        self.0.errors = errors;
        match n_errors > FAULTS_MAX {
            true => self.because(format!("{n_errors} faults, the first {FAULTS_MAX} are listed")),
            false => self,
        }
    }

    /// The same, with what the protocol says.
    #[must_use]
    pub fn refusing(mut self, refusal: Refusal) -> Self {
        self.0.refusal = Some(Box::new(refusal));
        self
    }

    /// The same, to be tried again after so long.
    #[must_use]
    pub fn after(mut self, retry: Duration) -> Self {
        self.0.retry = Some(retry);
        self
    }

    /// The same, about this request.
    #[must_use]
    pub fn of_request(mut self, id: &str) -> Self {
        self.0.instance = Some(format!("urn:uuid:{id}"));
        self
    }

    /// A problem with one part of the address or one header.
    #[must_use]
    pub fn parameter(pointer: &str, detail: impl Into<String>) -> Self {
        Self::new(Kind::BAD_PARAMETER).with(vec![Fault::new(pointer, "bad-parameter", detail)])
    }

    /// A fault of ours: the reason goes to the log and not to the caller.
    #[must_use]
    pub fn broken(why: &dyn std::fmt::Display) -> Self {
        tracing::error!(%why, "a request broke");
        Self::new(Kind::BROKEN)
    }

    /// The store failed. What it says goes to the log.
    #[must_use]
    pub fn of_store(failure: &Failure) -> Self {
        let mut problem = match failure {
            Failure::Overtaken => Self::new(Kind::BUSY).after(RETRY),
            Failure::Unavailable(_) | Failure::Unknown(_) => {
                tracing::warn!(%failure, "the store failed");
                Self::new(Kind::AWAY).after(RETRY)
            }
            Failure::Damaged(_) => Self::broken(failure),
        };
        problem.0.cause = Some(failure.to_string());
        problem
    }

    /// What the store said, where it failed. It is not for callers.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The end of its `type`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.kind.rsplit('/').next().unwrap_or_default()
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        // A problem holds texts and numbers alone, which can always be written.
        serde_json::to_vec(&self.0).unwrap_or_default()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(CONTENT_TYPE, PROBLEM)], self.body()).into_response();
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(retry) = self.0.retry {
            // Whole seconds, rounded up: not too early.
            let seconds = retry.as_millis().div_ceil(1000).clamp(1, 3600);
            headers.extend(
                HeaderValue::from_str(&seconds.to_string()).ok().map(|it| (RETRY_AFTER, it)),
            );
        }
        // The request id is written into the body where it is known: see `limits`.
        response.extensions_mut().insert(self);
        response
    }
}
