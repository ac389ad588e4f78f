//! Events: reported one at a time, or many at once.

use crate::access::Caller;
use crate::extract::{Asked, CaseId, IdempotencyKey, Large, MaybeKey, Sent, Version, request_hash};
use crate::post::{Asking, answer, reporting, submit};
use crate::problem::{Fault, Kind, Problem};
use crate::running::App;
use crate::wire::{Batch, BatchAnswer, BatchAnswers, BatchEvent, Report, Reported};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use store::cases::StreamId;
use tokio::task::JoinSet;

/// Reports an event of a case.
///
/// With `dry_run=true` it is only tried: nothing is kept, and no key is needed.
#[utoipa::path(
    post, path = "/v1/cases/{id}/events", tag = "cases", request_body = Report,
    params(
        ("id" = String, Path, format = Uuid, description = "The id of the case."),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it happens once however often it is sent. Required unless it is only tried.", min_length = 1, max_length = 255, pattern = "^[!-~]+$"),
        ("If-Match" = Option<String>, Header, description = "An `ETag` of the case, after which nothing may have been recorded, or `*`.", min_length = 1, pattern = r#"^("[0-9]{1,9}(-[0-9a-f]{16})?"|\*)$"#),
        ("dry_run" = Option<bool>, Query, description = "Whether it is only tried."),
    ),
    responses((status = 200, body = Reported)),
)]
pub(super) async fn report(
    State(app): State<App>,
    caller: Caller,
    CaseId(case): CaseId,
    asked: Asked,
    key: MaybeKey,
    Version(if_match): Version,
    sent: Sent<Report>,
) -> Result<Response, Problem> {
    let dry_run = asked.only(&["dry_run"])?.flag("dry_run")?.unwrap_or(false);
    let key = match dry_run {
        true => None,
        false => {
            let path = format!("/v1/cases/{case}/events");
            let hash = request_hash("POST", &path, caller.capacity()?, &sent.bytes);
            Some((key.required()?, hash))
        }
    };
    let asking = Asking { caller, key, dry_run };
    let unsent = reporting(&app, asking, case, sent.value, if_match).await?;
    submit(&app, unsent).await.map(|reply| answer(reply, false))
}

/// Reports many events and answers each as if it had come alone; those of one case are decided in
/// their order. Where one of a case could not be decided, because the server has too much to do or
/// the store is away, those after it of the same case are not tried.
#[utoipa::path(
    post, path = "/v1/events:batch", tag = "cases", request_body = Batch,
    responses((status = 200, body = BatchAnswers)),
)]
pub(super) async fn batch(
    State(app): State<App>,
    caller: Caller,
    Large(sent): Large<Batch>,
) -> Result<Json<BatchAnswers>, Problem> {
    caller.capacity()?;
    let events = sent.value.events;
    let cases = checked(&events)?;
    let n_events = u32::try_from(events.len()).unwrap_or(u32::MAX);
    app.token_rates
        .take(&caller.token, Instant::now(), n_events)
        .map_err(|wait| Problem::new(Kind::TOO_MANY).after(wait))?;
    let mut by_case = BTreeMap::<StreamId, Vec<(usize, BatchEvent)>>::new();
    for (place, (case, event)) in cases.into_iter().zip(events).enumerate() {
        by_case.entry(case).or_default().push((place, event));
    }
    let mut running = JoinSet::new();
    for (case, events) in by_case {
        running.spawn(of_case(app.clone(), caller.clone(), case, events));
    }
    let mut answers = Vec::new();
    while let Some(done) = running.join_next().await {
        answers.extend(done.map_err(|why| Problem::broken(&why))?);
    }
    answers.sort_by_key(|(place, _)| *place);
    Ok(Json(BatchAnswers { answers: answers.into_iter().map(|(_, it)| it).collect() }))
}

/// The cases of the events, if each has a key of its own.
fn checked(events: &[BatchEvent]) -> Result<Vec<StreamId>, Problem> {
    let mut faults = Vec::new();
    let (mut cases, mut keys) = (Vec::new(), BTreeSet::new());
    for (place, event) in events.iter().enumerate() {
        if let Err(why) = IdempotencyKey::read(&event.key.0) {
            faults.push(Fault::new(format!("/events/{place}/key"), "wrong-form", why));
        }
        if !keys.insert(&event.key) {
            let why = "another event of this batch has this key";
            faults.push(Fault::new(format!("/events/{place}/key"), "key-twice", why));
        }
        match CaseId::read(&event.case) {
            Some(CaseId(case)) => cases.push(case),
            None => {
                let pointer = format!("/events/{place}/case");
                faults.push(Fault::new(pointer, "wrong-form", "it takes the id of a case"));
            }
        }
    }
    match faults.is_empty() {
        true => Ok(cases),
        false => Err(Problem::new(Kind::INVALID).with(faults)),
    }
}

async fn of_case(
    app: App,
    caller: Caller,
    case: StreamId,
    events: Vec<(usize, BatchEvent)>,
) -> Vec<(usize, BatchAnswer)> {
    let mut answers = Vec::new();
    let mut stopped: Option<Problem> = None;
    for (place, event) in events {
        let key = event.key.0.clone();
        let answered = match stopped.clone() {
            Some(why) => Err(why),
            None => one(&app, caller.clone(), case, event).await,
        };
        let told = match answered {
            Ok(reply) => of_reply(key, reply.status, reply.is_replayed, reply.body),
            Err(why) => {
                let told = of_reply(key, why.status(), false, why.body());
                stopped = stopped.or((why.status() >= 500).then_some(why));
                told
            }
        };
        answers.push((place, told));
    }
    answers
}

async fn one(
    app: &App,
    caller: Caller,
    case: StreamId,
    event: BatchEvent,
) -> Result<store::keeper::Reply, Problem> {
    let body = serde_json::to_vec(&event.report).map_err(|why| Problem::broken(&why))?;
    let path = format!("/v1/cases/{case}/events");
    let hash = request_hash("POST", &path, caller.capacity()?, &body);
    let key = IdempotencyKey::read(&event.key.0).map_err(|why| Problem::broken(&why))?;
    let asking = Asking { caller, key: Some((key, hash)), dry_run: false };
    let unsent = reporting(app, asking, case, event.report, None).await?;
    submit(app, unsent).await
}

fn of_reply(key: String, status: u16, replayed: bool, body: Vec<u8>) -> BatchAnswer {
    let raw = String::from_utf8(body).ok().and_then(|it| RawValue::from_string(it).ok());
    let (reported, problem) = if status < 400 { (raw, None) } else { (None, raw) };
    BatchAnswer { key, status, replayed, reported, problem }
}
