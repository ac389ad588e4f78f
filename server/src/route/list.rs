//! All routes, and the document that describes them.

use crate::problem::{Kind, Problem, page};
use crate::route::manage::{calendars, graph, handbook, protocols, tokens, webhooks};
use crate::route::{
    about, cases, events, facts, health, parts, register, status, trends, worklist,
};
use crate::running::App;
use crate::running::{around, unchanged};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(cases::open, cases::list))
        .routes(routes!(cases::read))
        .routes(routes!(events::report))
        .routes(routes!(events::batch))
        .routes(routes!(parts::timeline))
        .routes(routes!(parts::allowed))
        .routes(routes!(parts::ledger))
        .routes(routes!(parts::letter))
        .routes(routes!(worklist::worklist))
        .routes(routes!(facts::facts_as_recorded))
        .routes(routes!(register::tables::csv))
        .routes(routes!(register::tables::xlsx))
        .routes(routes!(register::logs::xes))
        .routes(routes!(register::logs::ocel))
        .routes(routes!(trends::trends))
        .routes(routes!(status::read))
        .routes(routes!(protocols::list, protocols::upload))
        .routes(routes!(protocols::activate))
        .routes(routes!(graph::graph))
        .routes(routes!(handbook::handbook))
        .routes(routes!(calendars::list, calendars::amend))
        .routes(routes!(tokens::list, tokens::make))
        .routes(routes!(tokens::revoke))
        .routes(routes!(webhooks::list, webhooks::add))
        .routes(routes!(webhooks::switch))
        .routes(routes!(webhooks::dead))
        .routes(routes!(webhooks::resend))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
}

/// What the routes say of themselves.
#[must_use]
pub fn document() -> OpenApi {
    described().split_for_parts().1
}

/// All routes with all that belongs around them.
pub fn routes(app: &App) -> Router {
    let (router, _) = described().split_for_parts();
    router
        .route("/problems/{name}", get(page))
        .route("/openapi.json", get(about::openapi))
        .route("/docs", get(about::docs))
        .route("/status", get(status::form).post(status::page))
        .fallback(|| async { Problem::new(Kind::NOT_FOUND) })
        .method_not_allowed_fallback(|| async { Problem::new(Kind::WRONG_METHOD) })
        .layer(from_fn(unchanged))
        .layer(CatchPanicLayer::custom(broke))
        .layer(from_fn_with_state(app.clone(), around))
        .with_state(app.clone())
}

/// A panic is a fault of ours; what it says goes to the log alone.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn broke(why: Box<dyn std::any::Any + Send>) -> Response {
    let said = why.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| why.downcast_ref::<&str>().copied()).unwrap_or("nothing");
    Problem::broken(&format!("a panic: {said}")).into_response()
}
