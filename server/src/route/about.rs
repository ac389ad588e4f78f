//! The document that describes the routes, for programs and for people.

use crate::running::App;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse as _, Response};

/// The document.
pub(super) async fn openapi(State(app): State<App>) -> Response {
    ([(CONTENT_TYPE, "application/json")], app.document.clone()).into_response()
}

/// The same as a page.
pub(super) async fn docs(State(app): State<App>) -> Html<String> {
    Html(app.docs.clone())
}
