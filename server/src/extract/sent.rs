//! The body of a request.

use crate::problem::{Kind, Problem};
use crate::running::App;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// A body that was read, and its bytes.
pub struct Sent<T> {
    /// What it says.
    pub value: T,
    /// As it came.
    pub bytes: Bytes,
}

/// The same for routes that take large bodies.
pub struct Large<T>(pub Sent<T>);

impl<T: ToSchema + DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        read(request, app, app.limits.body_bytes_max).await
    }
}

impl<T: ToSchema + DeserializeOwned> FromRequest<App> for Large<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        read(request, app, app.limits.large_body_bytes_max).await.map(Self)
    }
}

async fn read<T: ToSchema + DeserializeOwned>(
    request: Request,
    app: &App,
    bytes_max: usize,
) -> Result<Sent<T>, Problem> {
    is_json(request.headers())?;
    let bytes = bytes(request.into_body(), app, bytes_max).await?;
    Ok(Sent { value: app.shapes.read(&bytes)?, bytes })
}

/// The whole body, if it is not too large and does not take too long.
///
/// # Errors
/// It is, or it does; or it breaks off.
pub async fn bytes(body: Body, app: &App, bytes_max: usize) -> Result<Bytes, Problem> {
    let too_large = || {
        Problem::new(Kind::TOO_LARGE).because(format!("at most {bytes_max} bytes are taken here"))
    };
    // What says that it is too large is not waited for.
    let declared = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if declared > bytes_max {
        return Err(too_large());
    }
    let arrived = tokio::time::timeout(app.limits.body_wait, to_bytes(body, bytes_max)).await;
    match arrived {
        Err(_) => Err(Problem::new(Kind::TOO_SLOW)),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(why)) => Err(match is_too_large(&why) {
            true => too_large(),
            false => Problem::new(Kind::UNREADABLE).because("the body breaks off"),
        }),
    }
}

fn is_too_large(why: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(why);
    // Errors are wrapped a few times at most.
    for _ in 0..8 {
        let Some(error) = cause else { return false };
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |value: Option<&axum::http::HeaderValue>| {
        value.and_then(|it| it.to_str().ok()).unwrap_or_default().trim().to_ascii_lowercase()
    };
    let kind = text(headers.get(CONTENT_TYPE));
    let (kind, parameters) = kind.split_once(';').unwrap_or((&kind, ""));
    let plain = ["", "charset=utf-8", "charset=\"utf-8\""].contains(&parameters.trim());
    let coding = text(headers.get(CONTENT_ENCODING));
    if kind.trim() != "application/json" || !plain || !["", "identity"].contains(&coding.as_str()) {
        return Err(Problem::new(Kind::WRONG_MEDIA_TYPE));
    }
    Ok(())
}
