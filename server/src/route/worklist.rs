//! Who must do what by when.

use crate::access::Caller;
use crate::extract::{Asked, CaseId, cursor};
use crate::problem::{Kind, Problem};
use crate::route::cases::reads;
use crate::running::{App, Shared};
use crate::wire::{Worklist, instant, worklist_row};
use axum::Json;
use axum::extract::State;
use engine::time::Instant;
use store::cases::{Duty, Standing, StreamId};

/// How many duties a page has where nobody says, and at most.
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 500;

/// How many pages are looked through to fill one.
const PAGES_MAX: usize = 20;

/// Where a list is read on: behind this duty.
type After = (Option<Instant>, StreamId, String, u16);

/// What these roles owe, the soonest due first, then what has no due instant.
#[utoipa::path(
    get, path = "/v1/worklist", tag = "cases",
    params(
        ("role" = Option<String>, Query, description = "Of this role of the token; of all of them where it is left out."),
        ("cursor" = Option<String>, Query, description = "What the page before gave as `next`."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 500, description = "At most so many; 50 where it is left out."),
    ),
    responses((status = 200, body = Worklist)),
)]
pub(super) async fn worklist(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Json<Worklist>, Problem> {
    let asked = asked.only(&["role", "cursor", "limit"])?;
    let own = &caller.capacity()?.roles;
    let roles = match asked.text("role") {
        None => own.clone(),
        Some(role) if own.iter().any(|it| it == role) => vec![role.to_owned()],
        Some(_) => {
            let why = "the worklist of a role is for tokens of that role";
            return Err(Problem::new(Kind::FORBIDDEN).because(why));
        }
    };
    let after = asked.cursor(read_after)?;
    let limit = asked.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT);
    app.wait(move |app| page(app, &caller, &roles, after, limit)).await.map(Json)
}

fn page(
    app: &Shared,
    caller: &Caller,
    roles: &[String],
    mut after: Option<After>,
    limit: u32,
) -> Result<Worklist, Problem> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let failed = |it: store::cases::Failure| Problem::of_store(&it);
    let mut duties = Vec::new();
    let mut next = None;
    for _ in 0..PAGES_MAX {
        let listed = app.place.worklist(caller.tenant, roles, after.clone(), limit);
        let listed = listed.map_err(|it| Problem::of_store(&it))?;
        let mut more = listed.more;
        for (standing, duty) in listed.duties {
            if duties.len() >= most {
                more = true;
                break;
            }
            after = Some(behind(&standing, &duty));
            let case = match standing.on {
                None => Some(standing.clone()),
                Some(on) => app.place.standing(caller.tenant, on).map_err(failed)?,
            };
            let Some(case) = case else { continue };
            if reads(app, caller, &case)? {
                duties.push(worklist_row(&case, standing.stop.as_deref(), &duty));
            }
        }
        next = after.as_ref().filter(|_| more).map(write_after);
        if !more || duties.len() >= most {
            break;
        }
    }
    Ok(Worklist { duties, next })
}

fn behind(standing: &Standing, duty: &Duty) -> After {
    (duty.due, standing.stream, duty.deadline.clone(), duty.occurrence)
}

fn write_after((due, stream, deadline, occurrence): &After) -> String {
    let due = due.map_or(String::from("-"), |it| it.to_string());
    cursor(&format!("{due} {stream} {occurrence} {deadline}"))
}

fn read_after(text: &str) -> Option<After> {
    let mut parts = text.splitn(4, ' ');
    let due = match parts.next()? {
        "-" => None,
        text => Some(instant(text)?),
    };
    let CaseId(stream) = CaseId::read(parts.next()?)?;
    let occurrence = parts.next()?.parse().ok()?;
    Some((due, stream, parts.next()?.to_owned(), occurrence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[test]
    fn where_a_list_is_read_on_comes_back_as_it_was() {
        for due in [None, Some(Instant::from_ms(1_776_178_800_123))] {
            let after: After = (due, StreamId([7; 16]), "answer within".to_owned(), 3);
            let text = URL_SAFE_NO_PAD.decode(write_after(&after)).unwrap();
            assert_eq!(read_after(std::str::from_utf8(&text).unwrap()), Some(after));
        }
        for text in ["", "- x 1 a", "2026 07070707-0707-0707-0707-070707070707 1 a"] {
            assert_eq!(read_after(text), None, "{text}");
        }
    }
}
