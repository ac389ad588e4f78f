//! The complaints register, as files that are written while they are read.

use crate::access::Caller;
use crate::extract::Asked;
use crate::problem::{Fault, Kind, Problem, RETRY};
use crate::route::register::pipe::{Pipe, of_file, pipe};
use crate::running::{App, Shared};
use ::register::out;
use ::register::tables::{CASES, tables};
use ::register::viewer::Viewer;
use ::register::walk::{self, machines, versions};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use engine::time::Instant;
use std::io::BufWriter;
use store::keeper::{Reader, Reading};

const CSV: &str = "text/csv; charset=utf-8; header=present";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The names of what is asked for.
const NAMES: [&str; 6] = ["protocol", "table", "as_of", "as_known_at", "from", "to"];

/// The register as comma-separated values (RFC 4180, UTF-8 with a byte order mark), as far as the
/// token may read it: one table, written as it is read.
#[utoipa::path(
    get, path = "/v1/register.csv", tag = "register",
    params(
        ("protocol" = String, Query, description = "The cases of this protocol, in all versions."),
        ("table" = Option<String>, Query, description = "`cases`, `deadlines`, `events`, `stops` or a record; `cases` where it is left out."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant: the same for ever."),
        ("from" = Option<String>, Query, format = Date, description = "Only cases received on this date or later."),
        ("to" = Option<String>, Query, format = Date, description = "Only cases received on this date or before."),
    ),
    responses((status = 200, body = String, content_type = "text/csv")),
)]
pub(in crate::route) async fn csv(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Response, Problem> {
    let table = asked.text("table").unwrap_or(CASES).to_owned();
    let wanted = wanted(&app, &caller, &asked, &NAMES)?;
    let name = format!("register-{}-{table}.csv", wanted.protocol_id);
    sent(app, wanted, table.clone(), (CSV, &name), move |reader, asked, to| {
        out::csv(reader, asked, Some(&table), to).map(|_| ())
    })
    .await
}

/// The register as a workbook for Excel, as far as the token may read it: a sheet for each table.
#[utoipa::path(
    get, path = "/v1/register.xlsx", tag = "register",
    params(
        ("protocol" = String, Query, description = "The cases of this protocol, in all versions."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant: the same for ever."),
        ("from" = Option<String>, Query, format = Date, description = "Only cases received on this date or later."),
        ("to" = Option<String>, Query, format = Date, description = "Only cases received on this date or before."),
    ),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
)]
pub(in crate::route) async fn xlsx(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Response, Problem> {
    let names = ["protocol", "as_of", "as_known_at", "from", "to"];
    let wanted = wanted(&app, &caller, &asked, &names)?;
    let name = format!("register-{}.xlsx", wanted.protocol_id);
    sent(app, wanted, CASES.to_owned(), (XLSX, &name), workbook).await
}

/// A file that is sent as it is written, to a caller who may read this table. It has a kind and a
/// name.
pub(super) async fn sent(
    app: App,
    wanted: walk::Asked,
    table: String,
    (kind, name): (&str, &str),
    write: impl FnOnce(&Reader, &walk::Asked, &mut Pipe) -> anyhow::Result<()> + Send + 'static,
) -> Result<Response, Problem> {
    let room = app.streams.clone().try_acquire_owned();
    let room = room.map_err(|_| Problem::new(Kind::BUSY).after(RETRY))?;
    let wanted = app.wait(move |app| known(app, wanted, &table)).await?;
    let (to, body) = pipe(app.stopping.clone());
    tokio::task::spawn_blocking(move || {
        end(to, |to| write(&app.keeper.reader(), &wanted, to));
        drop(room);
    });
    Ok((file_headers(kind, name), body).into_response())
}

/// A workbook can only be sent when its last row is known: it waits in a file that nobody else can
/// open and that is gone with the request.
fn workbook(reader: &Reader, wanted: &walk::Asked, to: &mut Pipe) -> anyhow::Result<()> {
    let file = tempfile::tempfile()?;
    out::xlsx(reader, wanted, BufWriter::new(file.try_clone()?))?;
    of_file(file, to)
}

/// What is asked for, by whom.
pub(super) fn wanted(
    app: &App,
    caller: &Caller,
    asked: &Asked,
    names: &[&str],
) -> Result<walk::Asked, Problem> {
    let roles = caller.capacity()?.roles.clone();
    let asked = asked.only(names)?;
    let missing = || Problem::parameter("/query/protocol", "it takes the id of a protocol");
    let protocol_id = asked.text("protocol").ok_or_else(missing)?.to_owned();
    let now = app.now();
    Ok(walk::Asked {
        tenant: caller.tenant,
        protocol_id,
        reading: reading(asked, now)?,
        now,
        from: asked.date("from")?,
        to: asked.date("to")?,
        viewer: Viewer::Roles(roles),
    })
}

/// In which reading.
pub(in crate::route) fn reading(asked: &Asked, now: Instant) -> Result<Reading, Problem> {
    match (asked.past("as_of", now)?, asked.past("as_known_at", now)?) {
        (None, None) => Ok(Reading::Now),
        (Some(at), None) => Ok(Reading::AsTrueAt(at)),
        (None, Some(at)) => Ok(Reading::AsKnownAt(at)),
        (Some(_), Some(_)) => {
            let why = "one reading at a time: `as_of` or `as_known_at`";
            Err(Problem::new(Kind::BAD_PARAMETER).because(why))
        }
    }
}

/// The same, if there is such a table in a protocol whose cases the caller reads. May wait for the
/// store.
fn known(app: &Shared, wanted: walk::Asked, table: &str) -> Result<walk::Asked, Problem> {
    let reader = app.keeper.reader();
    let found = versions(&reader, wanted.tenant, &wanted.protocol_id);
    let found = found.map_err(|it| failed(&it))?;
    let machines = machines(&found);
    if !machines.iter().any(|it| wanted.viewer.reads_cases(it)) {
        return Err(Problem::new(Kind::NOT_FOUND));
    }
    let all = tables(&machines, &wanted.viewer);
    if all.iter().any(|it| it.name == table) {
        return Ok(wanted);
    }
    let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
    let says = format!("the register has no such table; it has `{}`", names.join("`, `"));
    Err(Problem::new(Kind::BAD_PARAMETER).with(vec![Fault::new(
        "/query/table",
        "unknown-table",
        says,
    )]))
}

/// Writes into a pipe. Whoever reads sees from a connection that breaks off that it is not whole;
/// why goes to the log.
fn end(to: Pipe, write: impl FnOnce(&mut Pipe) -> anyhow::Result<()>) {
    let mut to = to;
    if let Err(why) = write(&mut to) {
        if !to.is_left() {
            tracing::error!(%why, "a register cannot be written");
        }
        to.break_off();
        return;
    }
    to.finish();
}

pub(in crate::route) fn failed(why: &anyhow::Error) -> Problem {
    match why.downcast_ref::<store::cases::Failure>() {
        Some(failure) => Problem::of_store(failure),
        None => Problem::broken(&format!("{why:#}")),
    }
}

/// The headers of a file that is offered under a name.
fn file_headers(kind: &str, name: &str) -> [(axum::http::HeaderName, String); 3] {
    let name: String =
        name.chars().filter(|it| it.is_ascii_alphanumeric() || "-_.".contains(*it)).collect();
    [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ]
}
