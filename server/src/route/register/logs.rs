//! Event logs for tools of process mining, written while the cases are read.

use crate::access::Caller;
use crate::extract::Asked;
use crate::problem::Problem;
use crate::route::register::tables::{sent, wanted};
use crate::running::App;
use crate::wire::ObjectLog;
use ::register::log;
use ::register::tables::CASES;
use axum::extract::State;
use axum::response::Response;

/// The names of what is asked for.
const NAMES: [&str; 5] = ["protocol", "as_of", "as_known_at", "from", "to"];

/// What happened in the cases of a protocol as XES 1.0 (IEEE 1849): a trace for each case. Nothing
/// personal is in it, and no field that the token may not read.
#[utoipa::path(
    get, path = "/v1/export/xes", tag = "register",
    params(
        ("protocol" = String, Query, description = "The cases of this protocol, in all versions."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant."),
        ("from" = Option<String>, Query, format = Date, description = "Only cases received on this date or later."),
        ("to" = Option<String>, Query, format = Date, description = "Only cases received on this date or before."),
    ),
    responses((status = 200, body = String, content_type = "application/xml")),
)]
pub(in crate::route) async fn xes(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = wanted(&app, &caller, &asked, &NAMES)?;
    let name = format!("{}.xes", wanted.protocol_id);
    sent(app, wanted, CASES.to_owned(), ("application/xml", &name), |reader, asked, to| {
        log::xes(reader, asked, to).map(|_| ())
    })
    .await
}

/// What happened in the cases of a protocol as OCEL 2.0 in JSON: cases, persons and entries of records
/// are objects. Nothing personal is in it but the opaque ids of persons.
#[utoipa::path(
    get, path = "/v1/export/ocel", tag = "register",
    params(
        ("protocol" = String, Query, description = "The cases of this protocol, in all versions."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant."),
        ("from" = Option<String>, Query, format = Date, description = "Only cases received on this date or later."),
        ("to" = Option<String>, Query, format = Date, description = "Only cases received on this date or before."),
    ),
    responses((status = 200, body = ObjectLog)),
)]
pub(in crate::route) async fn ocel(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = wanted(&app, &caller, &asked, &NAMES)?;
    let name = format!("{}.ocel.json", wanted.protocol_id);
    sent(app, wanted, CASES.to_owned(), ("application/json", &name), |reader, asked, to| {
        log::ocel(reader, asked, to).map(|_| ())
    })
    .await
}
