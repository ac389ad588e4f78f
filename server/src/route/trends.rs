//! Trends over all cases of a protocol, worked out when somebody asks.

use crate::access::Caller;
use crate::extract::Asked;
use crate::problem::{Kind, Problem};
use crate::route::register::tables::{failed, reading};
use crate::running::App;
use crate::wire::{TrendList, trend_list};
use ::register::trends;
use ::register::viewer::Viewer;
use ::register::walk;
use axum::Json;
use axum::extract::State;

/// How many signals of each trend are shown where nobody says, and at most.
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 500;

/// The trends that tell this token, over all cases of a protocol in all versions, with the signals
/// that stand. They are worked out when they are asked for; nobody is sent anything. Administration
/// sees every trend and what everybody reads of what the cases have in common, and no case.
#[utoipa::path(
    get, path = "/v1/trends", tag = "register",
    params(
        ("protocol" = String, Query, description = "The cases of this protocol, in all versions."),
        ("as_of" = Option<String>, Query, format = DateTime, description = "As it truly was at this instant, as far as is known now."),
        ("as_known_at" = Option<String>, Query, format = DateTime, description = "As it was known to be at this instant: the same for ever."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 500, description = "At most so many signals of each trend, the latest; 50 where it is left out."),
    ),
    responses((status = 200, body = TrendList)),
)]
pub(super) async fn trends(
    State(app): State<App>,
    caller: Caller,
    asked: Asked,
) -> Result<Json<TrendList>, Problem> {
    let asked = asked.only(&["protocol", "as_of", "as_known_at", "limit"])?;
    let viewer = match caller.admin() {
        Ok(()) => Viewer::Anybody,
        Err(_) => Viewer::Roles(caller.capacity()?.roles.clone()),
    };
    let with_cases = matches!(viewer, Viewer::Roles(_));
    let missing = || Problem::parameter("/query/protocol", "it takes the id of a protocol");
    let wanted = walk::Asked {
        tenant: caller.tenant,
        protocol_id: asked.text("protocol").ok_or_else(missing)?.to_owned(),
        reading: reading(asked, app.now())?,
        now: app.now(),
        from: None,
        to: None,
        viewer,
    };
    let limit = asked.number("limit", 1, LIMIT_MAX)?.unwrap_or(LIMIT);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let found = app.wait(move |app| {
        let found = trends::of(&app.keeper.reader(), &wanted, most).map_err(|it| failed(&it))?;
        found.map(|it| trend_list(&it, with_cases)).ok_or_else(|| Problem::new(Kind::NOT_FOUND))
    });
    found.await.map(Json)
}
