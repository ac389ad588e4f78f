//! How a complaint stands, for whoever complained: with the number and the code that they were
//! given. Whoever lacks either is told the same, whether there is such a complaint or not.

use crate::access::hash;
use crate::extract::{Asked, bytes};
use crate::pages;
use crate::problem::{Kind, Problem};
use crate::reading::of_case;
use crate::reading::of_keeper;
use crate::running::{App, Shared};
use crate::wire::Status;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use std::time::Instant;
use store::cases::Hash;
use store::keeper::Reading;
use subtle::ConstantTimeEq as _;

/// The tenant that is meant where nobody says.
pub const TENANT: &str = "main";

/// Where the code stands.
const SECRET: HeaderName = HeaderName::from_static("x-status-secret");

/// The largest form, in bytes.
const FORM_BYTES_MAX: usize = 4_096;

/// How a complaint stands.
#[utoipa::path(
    get, path = "/v1/status/{ticket}", tag = "status", security(()),
    params(
        ("ticket" = String, Path, description = "The number of the complaint.", max_length = 100),
        ("X-Status-Secret" = String, Header, description = "The code that was given with it."),
        ("tenant" = Option<String>, Query, description = "The organisation, where the server has several."),
    ),
    responses((status = 200, body = Status)),
)]
pub(super) async fn read(
    State(app): State<App>,
    Path(ticket): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    let tenant = asked.only(&["tenant"])?.text("tenant").unwrap_or(TENANT).to_owned();
    let mut sent = headers.get_all(SECRET).iter();
    let secret = sent.next().filter(|_| sent.next().is_none());
    let secret = secret.and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let status = look(&app, Wanted { tenant, ticket, secret }).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(status)).into_response())
}

/// The form that asks for both.
pub(super) async fn form(asked: Asked) -> Result<Response, Problem> {
    let tenant = asked.only(&["tenant"])?.text("tenant");
    Ok(html(StatusCode::OK, pages::form(tenant, false)))
}

/// The page of the status, or the form again.
pub(super) async fn page(State(app): State<App>, body: Body) -> Result<Response, Problem> {
    let bytes = bytes(body, &app, FORM_BYTES_MAX).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::new(Kind::UNREADABLE))?;
    let form = Asked::read_text(text)?;
    let form = form.only(&["tenant", "ticket", "secret"])?;
    let named = form.text("tenant").map(str::to_owned);
    let wanted = Wanted {
        tenant: named.clone().unwrap_or_else(|| TENANT.to_owned()),
        ticket: form.text("ticket").unwrap_or_default().trim().to_owned(),
        secret: form.text("secret").unwrap_or_default().trim().to_owned(),
    };
    match look(&app, wanted).await {
        Ok(status) => Ok(html(StatusCode::OK, pages::status(&status))),
        Err(problem) if problem.name() == Kind::NOT_FOUND.name => {
            Ok(html(StatusCode::NOT_FOUND, pages::form(named.as_deref(), true)))
        }
        Err(problem) => Err(problem),
    }
}

fn html(status: StatusCode, page: String) -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; \
                  frame-ancestors 'none'; base-uri 'none'";
    let headers = [
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (status, headers, Html(page)).into_response()
}

struct Wanted {
    tenant: String,
    ticket: String,
    secret: String,
}

async fn look(app: &App, wanted: Wanted) -> Result<Status, Problem> {
    let now = Instant::now();
    let slow = |wait| Problem::new(Kind::TOO_MANY).after(wait);
    let of_ticket = format!("{}/{}", wanted.tenant, wanted.ticket);
    app.ticket_rates.take(&of_ticket, now, 1).map_err(slow)?;
    app.status_rates.take(&(), now, 1).map_err(slow)?;
    app.wait(move |app| find(app, &wanted)).await
}

/// The same work is done whether there is a complaint with this number or not, until the code is
/// known to be right.
fn find(app: &Shared, wanted: &Wanted) -> Result<Status, Problem> {
    let failed = |it: store::cases::Failure| Problem::of_store(&it);
    let none = || Problem::new(Kind::NOT_FOUND);
    let tenants = app.place.tenants().map_err(failed)?;
    let tenant = tenants.iter().find(|(_, name)| *name == wanted.tenant).map(|(id, _)| *id);
    // No tenant has this number: what is looked for in it is not found.
    let looked_in = tenant.unwrap_or(store::cases::Tenant(i32::MAX));
    let standing = app.place.by_ticket(looked_in, &wanted.ticket).map_err(failed)?;
    let kept = standing.as_ref().and_then(|it| it.secret);
    let sent = hash(wanted.secret.as_bytes());
    let is_right: bool = sent.0.ct_eq(&kept.unwrap_or(Hash([0; 32])).0).into();
    let standing = standing.filter(|_| is_right && kept.is_some()).ok_or_else(none)?;
    let found = of_keeper(app, looked_in, standing.stream, Reading::Now)?;
    of_case(&found, app.limits.status_days).ok_or_else(none)
}
