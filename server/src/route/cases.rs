//! Cases: opened, listed and read.

use crate::access::{Caller, Capacity};
use crate::extract::{Asked, CaseId, MaybeKey, Sent, cursor, request_hash};
use crate::post::{Asking, answer, opening, submit};
use crate::problem::{Kind, Problem};
use crate::reading::{When, look};
use crate::running::{App, Shared};
use crate::wire::{CaseList, CaseState, OpenCase, Opened, row};
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use engine::time::Instant;
use store::cases::{Find, Own, Standing};

/// How many cases a page of a list has where nobody says, and at most.
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 500;

/// How many pages are looked through to fill one, where many cases are not the reader's.
const PAGES_MAX: usize = 20;

/// Opens a case.
///
/// With `dry_run=true` it is only tried: nothing is kept, and no key is needed.
#[utoipa::path(
    post, path = "/v1/cases", tag = "cases", request_body = OpenCase,
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it happens once however often it is sent. Required unless it is only tried.", min_length = 1, max_length = 255, pattern = "^[!-~]+$"),
        ("dry_run" = Option<bool>, Query, description = "Whether it is only tried."),
    ),
    responses((status = 200, body = Opened, description = "It would be opened."), (status = 201, body = Opened, description = "It is opened.")),
)]
pub(super) async fn open(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
    key: MaybeKey,
    sent: Sent<OpenCase>,
) -> Result<Response, Problem> {
    let dry_run = asked.only(&["dry_run"])?.flag("dry_run")?.unwrap_or(false);
    let key = match dry_run {
        true => None,
        false => {
            let capacity = caller.capacity()?;
            Some((key.required()?, request_hash("POST", "/v1/cases", capacity, &sent.bytes)))
        }
    };
    let asking = Asking { caller, key, dry_run };
    let unsent = app.wait(move |app| opening(app, &asking, &sent.value)).await?;
    submit(&app, unsent).await.map(|reply| answer(reply, !dry_run))
}

/// Lists cases, in the order in which they were opened. `next` alone says whether there are more: a
/// page may be shorter than its limit where a role of the token is not in every protocol.
#[utoipa::path(
    get, path = "/v1/cases", tag = "cases",
    params(
        ("protocol" = Option<String>, Query, description = "Of this protocol, in any version."),
        ("stage" = Option<String>, Query, description = "In this stage."),
        ("rung" = Option<String>, Query, description = "On this rung."),
        ("due_before" = Option<String>, Query, format = DateTime, description = "With something owed that is due before this instant."),
        ("breached" = Option<bool>, Query, description = "With or without a missed deadline."),
        ("closed" = Option<bool>, Query, description = "Closed or open."),
        ("role" = Option<String>, Query, description = "With something owed by this role, or by `complainant`, `respondent`, `system`."),
        ("complainant" = Option<String>, Query, description = "Of this person."),
        ("cursor" = Option<String>, Query, description = "What the page before gave as `next`."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 500, description = "At most so many; 50 where it is left out."),
    ),
    responses((status = 200, body = CaseList)),
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Json<CaseList>, Problem> {
    let own = own(caller.capacity()?);
    let find = Find { own, ..wanted(&asked)? };
    app.wait(move |app| page(app, &caller, find)).await.map(Json)
}

fn wanted(asked: &Asked) -> Result<Find, Problem> {
    let names = [
        "protocol",
        "stage",
        "rung",
        "due_before",
        "breached",
        "closed",
        "role",
        "complainant",
        "cursor",
        "limit",
    ];
    let text = |name: &str| asked.text(name).map(str::to_owned);
    asked.only(&names)?;
    Ok(Find {
        protocol_id: text("protocol"),
        stage: text("stage"),
        rung: text("rung"),
        due_before: asked.instant("due_before")?,
        breached: asked.flag("breached")?,
        closed: asked.flag("closed")?,
        complainant: text("complainant"),
        party: text("role"),
        own: None,
        after: asked.cursor(|it| CaseId::read(it).map(|it| it.0))?,
        limit: asked.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT),
    })
}

/// Whose cases alone are theirs to read, where a token is for complainants or respondents and for
/// nobody else: these read no other in any protocol.
fn own(capacity: &Capacity) -> Option<Own> {
    let (complainant, respondent) = ("complainant", "respondent");
    let is_of_party = |it: &String| [complainant, respondent].contains(&it.as_str());
    let person = |party: &str| {
        let acts = capacity.roles.iter().any(|it| it == party);
        capacity.person.clone().filter(|_| acts)
    };
    let own = Own { complainant: person(complainant), respondent: person(respondent) };
    capacity.roles.iter().all(is_of_party).then_some(own)
}

/// A page of the cases that are the caller's to read. Pages are full but for the last, where all of
/// the caller's roles are the same in all protocols. Else a page may be short of its limit, and even
/// empty, where `next` says that there is more.
fn page(app: &Shared, caller: &Caller, mut find: Find) -> Result<CaseList, Problem> {
    let limit = usize::try_from(find.limit).unwrap_or(usize::MAX);
    let mut cases = Vec::new();
    let mut next = None;
    for _ in 0..PAGES_MAX {
        let listed = app.place.list(caller.tenant, &find).map_err(|it| Problem::of_store(&it))?;
        let mut more = listed.more;
        for standing in listed.cases {
            if cases.len() >= limit {
                more = true;
                break;
            }
            find.after = Some(standing.stream);
            if reads(app, caller, &standing)? {
                cases.push(row(&standing));
            }
        }
        next = find.after.filter(|_| more).map(|it| cursor(&it.to_string()));
        if !more || cases.len() >= limit {
            break;
        }
    }
    Ok(CaseList { cases, next })
}

/// Whether a case is the caller's to read.
pub(super) fn reads(app: &Shared, caller: &Caller, standing: &Standing) -> Result<bool, Problem> {
    let loaded = app.keeper.protocol(caller.tenant, standing.protocol);
    let Some(loaded) = loaded.map_err(|it| Problem::of_store(&it))? else { return Ok(false) };
    let (complainant, respondent) =
        (standing.complainant.as_deref(), standing.respondent.as_deref());
    Ok(caller.reader(&loaded.machine, complainant, respondent).is_ok())
}

/// Reads a case: as it is, with `as_of` as it truly was, with `as_known_at` as it was known to be.
#[utoipa::path(
    get, path = "/v1/cases/{id}", tag = "cases",
    params(
        ("id" = String, Path, format = Uuid, description = "The id of the case."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant."),
    ),
    responses((status = 200, body = CaseState)),
)]
pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    CaseId(id): CaseId,
    asked: Asked,
) -> Result<(HeaderMap, Json<CaseState>), Problem> {
    let when = when(asked.only(&["as_of", "as_known_at"])?, app.now())?;
    let state = app.wait(move |app| look(app, &caller, id, when).map(|it| it.state())).await?;
    let etag = state.version.and_then(|it| HeaderValue::from_str(&format!("\"{it}\"")).ok());
    Ok((etag.map(|it| (ETAG, it)).into_iter().collect(), Json(state)))
}

/// How a case is to be read.
pub(super) fn when(asked: &Asked, now: Instant) -> Result<When, Problem> {
    match (asked.past("as_of", now)?, asked.past("as_known_at", now)?) {
        (None, None) => Ok(When::Now),
        (Some(at), None) => Ok(When::AsOf(at)),
        (None, Some(at)) => Ok(When::AsKnownAt(at)),
        (Some(_), Some(_)) => {
            let why = "one reading at a time: `as_of` or `as_known_at`";
            Err(Problem::new(Kind::BAD_PARAMETER).because(why))
        }
    }
}
