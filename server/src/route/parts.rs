//! What belongs to a case: its history, what it takes now, how a deadline is counted, its letters.

use crate::access::Caller;
use crate::extract::{Asked, CaseId};
use crate::problem::{Kind, Problem};
use crate::reading::{Looked, Wanted, When, look, stops_on, stream, written};
use crate::route::cases::when;
use crate::running::App;
use crate::wire::{self, Allowed, Counted, Ledger, Letter, Timeline};
use axum::Json;
use axum::extract::{Path, State};
use engine::model::Readable;
use engine::runtime::{Clock, Context, entry_of, ledger as counted, possible};
use engine::time::Instant;
use std::collections::BTreeMap;

/// The history of a case and of the stops that were proposed on it: what was reported and what was
/// concluded, in the order of recording.
#[utoipa::path(
    get, path = "/v1/cases/{id}/timeline", tag = "cases",
    params(
        ("id" = String, Path, format = Uuid, description = "The id of the case."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As far as it was recorded by this instant, inclusive."),
    ),
    responses((status = 200, body = Timeline)),
)]
pub(super) async fn timeline(
    State(app): State<App>,
    caller: Caller,
    CaseId(id): CaseId,
    asked: Asked,
) -> Result<Json<Timeline>, Problem> {
    let until = asked.only(&["as_known_at"])?.past("as_known_at", app.now())?;
    let told = app.wait(move |app| {
        let looked = look(app, &caller, id, When::Now)?;
        let stops = stops_on(app, caller.tenant, &looked)?;
        let reason = |kept: &str| looked.reason(kept);
        let streams: Vec<_> =
            std::iter::once(looked.stream()).chain(stops.iter().map(stream)).collect();
        let until = until.unwrap_or(Instant::MAX);
        Ok(wire::timeline(&streams, until, (&looked.reader, &reason)))
    });
    told.await.map(Json)
}

/// What a case takes: every event, by whom, on what it depends, and what stands against it; now, or
/// in a reading of the past.
#[utoipa::path(
    get, path = "/v1/cases/{id}/allowed", tag = "cases",
    params(
        ("id" = String, Path, format = Uuid, description = "The id of the case."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant."),
    ),
    responses((status = 200, body = Allowed)),
)]
pub(super) async fn allowed(
    State(app): State<App>,
    caller: Caller,
    CaseId(id): CaseId,
    asked: Asked,
) -> Result<Json<Allowed>, Problem> {
    let when = when(asked.only(&["as_of", "as_known_at"])?, app.now())?;
    let told = app.wait(move |app| {
        let Looked { look, .. } = look(app, &caller, id, when)?;
        let machine = &look.loaded.machine;
        let context = Context::new(&look.strings);
        let all = possible(machine, &look.case, look.at, &context);
        Ok(wire::allowed(machine, &all, &caller.capacity()?.roles))
    });
    told.await.map(Json)
}

/// How the due instant of a deadline is counted, day by day: of its latest instance, or of the one
/// that is asked for.
#[utoipa::path(
    get, path = "/v1/cases/{id}/deadlines/{deadline}/ledger", tag = "cases",
    params(
        ("id" = String, Path, format = Uuid, description = "The id of the case."),
        ("deadline" = String, Path, description = "The name of the deadline."),
        ("occurrence" = Option<u32>, Query, minimum = 1, maximum = 65535, description = "Which instance, from 1; the latest where it is left out."),
        ("entry" = Option<String>, Query, description = "The id of the entry, where each has a clock of its own."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant."),
    ),
    responses((status = 200, body = Ledger)),
)]
pub(super) async fn ledger(
    State(app): State<App>,
    caller: Caller,
    CaseId(id): CaseId,
    Path(path): Path<BTreeMap<String, String>>,
    asked: Asked,
) -> Result<Json<Ledger>, Problem> {
    let asked = asked.only(&["occurrence", "entry", "as_of", "as_known_at"])?;
    let when = when(asked, app.now())?;
    let occurrence = asked.number("occurrence", 1, 65_535)?;
    let entry = asked.text("entry").map(str::to_owned);
    let deadline = path.get("deadline").cloned().unwrap_or_default();
    let told = app.wait(move |app| {
        let looked = look(app, &caller, id, when)?;
        of_deadline(&looked, &deadline, occurrence, entry.as_deref())
    });
    told.await.map(Json)
}

fn of_deadline(
    looked: &Looked,
    name: &str,
    occurrence: Option<u32>,
    entry: Option<&str>,
) -> Result<Ledger, Problem> {
    let look = &looked.look;
    let (machine, case) = (&look.loaded.machine, &look.case);
    let is_meant = |clock: &&Clock| {
        let deadline = machine.protocol.deadlines.get(clock.id.deadline.index());
        let record = deadline.and_then(|it| it.for_each).map(|it| Readable::Record(it.record));
        let is_open = record.is_none_or(|it| looked.reader.reads(machine, it));
        let of = entry_of(machine, case, clock.id).filter(|_| is_open);
        let of = of.map(|id| look.strings.get(id));
        deadline.is_some_and(|it| it.name == name)
            && occurrence.is_none_or(|it| it == u32::from(clock.id.occurrence))
            && entry.is_none_or(|it| of == Some(it))
    };
    let none = || Problem::new(Kind::NOT_FOUND);
    let clock = case.clocks.iter().rev().find(is_meant).ok_or_else(none)?;
    let deadline = machine.protocol.deadlines.get(clock.id.deadline.index()).ok_or_else(none)?;
    let (working, due) = counted(machine, case, clock)
        .map_err(|why| Problem::new(Kind::FAULTED).because(format!("deadlines.{name}: {why}")))?;
    let counted = Counted {
        deadline,
        occurrence: clock.id.occurrence,
        start: clock.start,
        ledger: &working,
        due,
    };
    Ok(wire::ledger(machine, &counted))
}

/// A letter of a case, or of a stop that was proposed on it, as it was when it became due: the
/// latest, or the one that is asked for. It is read by those it goes to, and by those who read
/// every case and from whom nothing is kept that its recipient may read.
#[utoipa::path(
    get, path = "/v1/cases/{id}/letters/{letter}", tag = "cases",
    params(
        ("id" = String, Path, format = Uuid, description = "The id of the case."),
        ("letter" = String, Path, description = "The name of the letter."),
        ("number" = Option<u32>, Query, minimum = 1, maximum = 65535, description = "Which time that it became due, from 1; the latest where it is left out."),
        ("recipient" = Option<String>, Query, description = "Who receives it; the first whose letters the token may read where it is left out."),
        ("language" = Option<String>, Query, description = "In which language; the first of the protocol where it is left out."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As far as it was recorded by this instant, inclusive."),
    ),
    responses((status = 200, body = Letter)),
)]
pub(super) async fn letter(
    State(app): State<App>,
    caller: Caller,
    CaseId(id): CaseId,
    Path(path): Path<BTreeMap<String, String>>,
    asked: Asked,
) -> Result<Json<Letter>, Problem> {
    let asked = asked.only(&["number", "recipient", "language", "as_known_at"])?;
    let wanted = Wanted {
        letter: path.get("letter").cloned().unwrap_or_default(),
        number: asked.number("number", 1, 65_535)?,
        recipient: asked.text("recipient").map(str::to_owned),
        language: asked.text("language").map(str::to_owned),
        known_at: asked.past("as_known_at", app.now())?,
    };
    let told = app.wait(move |app| {
        let looked = look(app, &caller, id, When::Now)?;
        let stops = stops_on(app, caller.tenant, &looked)?;
        written(&looked, &stops, &wanted)
    });
    told.await.map(Json)
}
