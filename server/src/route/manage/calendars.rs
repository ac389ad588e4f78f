//! Calendars: amended by administration, or by the role that answers for the protocols; the
//! amendments listed.

use crate::access::Caller;
use crate::extract::{Asked, Sent};
use crate::problem::{Fault, Kind, Problem};
use crate::running::{App, Shared};
use crate::wire::{self, Amendment, AmendmentList, NewAmendment};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::time::NaiveDate;
use store::keeper::{self, NotAmended};

/// The role that administration acts as.
const ADMIN: &str = "admin";

/// Lists the amendments of calendars, in order.
#[utoipa::path(get, path = "/v1/calendars/amendments", tag = "calendars", responses((status = 200, body = AmendmentList)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Json<AmendmentList>, Problem> {
    asked.only(&[])?;
    let all = app
        .wait(move |app| app.keeper.amendments(caller.tenant).map_err(|it| Problem::of_store(&it)))
        .await?;
    let amendments = all.iter().map(|(amended, kept)| wire::amendment(amended, kept)).collect();
    Ok(Json(AmendmentList { amendments }))
}

/// Records an amendment of a calendar. From then on new cases count by the calendar as amended, and
/// every open case is counted again before anything else happens to it. Closed cases stay as they
/// are. An amendment is taken back by another one; the same one again is refused, for it would
/// change nothing.
#[utoipa::path(post, path = "/v1/calendars/amendments", tag = "calendars", request_body = NewAmendment, responses((status = 201, body = Amendment)))]
pub(crate) async fn amend(
    State(app): State<App>,
    caller: Caller,
    sent: Sent<NewAmendment>,
) -> Result<(StatusCode, Json<Amendment>), Problem> {
    let made = app.wait(move |app| record(app, &caller, sent.value)).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

fn record(app: &Shared, caller: &Caller, sent: NewAmendment) -> Result<Amendment, Problem> {
    let (by, person) = who(app, caller, &sent.calendar)?;
    let mut faults = Vec::new();
    let closed = dates("add", &sent.add, &mut faults);
    let open = dates("remove", &sent.remove, &mut faults);
    if !faults.is_empty() {
        return Err(Problem::new(Kind::INVALID).with(faults));
    }
    let NewAmendment { calendar, reason, source, .. } = sent;
    let new = keeper::NewAmendment { calendar, closed, open, reason, source, by, person };
    match app.keeper.amend_calendar(caller.tenant, &new) {
        Ok((amended, kept)) => Ok(wire::amendment(&amended, &kept)),
        Err(why) => Err(refused(&why)),
    }
}

/// Who records it: administration, or the role that answers for every protocol that is changed.
fn who(app: &Shared, caller: &Caller, calendar: &str) -> Result<(String, Option<String>), Problem> {
    let Ok(capacity) = caller.capacity() else { return Ok((ADMIN.to_owned(), None)) };
    let answer = app.keeper.amended_by(caller.tenant, calendar);
    let answer = answer.map_err(|it| Problem::of_store(&it))?;
    let others = answer.iter().filter(|(_, role)| !capacity.roles.contains(role));
    let others: Vec<String> = others.map(|(id, role)| format!("`{role}` of `{id}`")).collect();
    match (answer.first(), others.first()) {
        (Some((_, role)), None) => Ok((role.clone(), capacity.person.clone())),
        _ => {
            let why = match others.is_empty() {
                true => "only administration may amend a calendar by which nothing counts",
                false => "this needs administration, or the roles that answer for the protocols",
            };
            let why = match others.is_empty() {
                true => why.to_owned(),
                false => format!("{why}: {}", others.join(", ")),
            };
            Err(Problem::new(Kind::FORBIDDEN).because(why))
        }
    }
}

fn dates(what: &str, sent: &[String], faults: &mut Vec<Fault>) -> Vec<NaiveDate> {
    let mut dates = Vec::new();
    for (place, text) in sent.iter().enumerate() {
        match wire::date(text) {
            Some(date) => dates.push(date),
            None => {
                let why = "a date is written as 2026-06-10";
                faults.push(Fault::new(format!("/{what}/{place}"), "no-date", why));
            }
        }
    }
    dates
}

fn refused(why: &NotAmended) -> Problem {
    let fault = match why {
        NotAmended::Failed(failure) => return Problem::of_store(failure),
        NotAmended::NoCalendar(_) => Fault::new("/calendar", "no-calendar", why.to_string()),
        NotAmended::Misread(what, why) => Fault::new(format!("/{what}"), "no-change", why.clone()),
    };
    Problem::new(Kind::INVALID).with(vec![fault])
}
