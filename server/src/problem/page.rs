//! The page of a problem, for whoever follows its `type`.

use crate::problem::{Kind, Problem};
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

/// Answers `GET /problems/{name}` with the page of a kind, as Markdown.
///
/// # Errors
/// There is no kind with this name.
pub async fn page(Path(name): Path<String>) -> Result<Response, Problem> {
    let kind = Kind::named(&name).ok_or_else(|| Problem::new(Kind::NOT_FOUND))?;
    Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], kind.text()).into_response())
}
