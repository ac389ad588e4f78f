//! Tokens: made, listed and taken back by administration.

use crate::access::{Caller, Secret};
use crate::extract::Sent;
use crate::problem::{Fault, Kind, Problem};
use crate::running::App;
use crate::wire::{self, NewToken, TokenList, TokenMade, instant};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use engine::time::Instant;
use store::cases::{Failure, Scope, Tenant, Token, TokenId};
use uuid::Uuid;

/// Lists the tokens of the tenant, those that no longer work included.
#[utoipa::path(get, path = "/v1/tokens", tag = "administration", responses((status = 200, body = TokenList)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<TokenList>, Problem> {
    caller.admin()?;
    let tokens = app
        .wait(move |app| app.place.tokens(caller.tenant).map_err(|it| Problem::of_store(&it)))
        .await?;
    Ok(Json(TokenList { tokens: tokens.iter().map(wire::token).collect() }))
}

/// Makes a token. What its holder sends is said in the answer and nowhere else.
#[utoipa::path(post, path = "/v1/tokens", tag = "administration", request_body = NewToken, responses((status = 201, body = TokenMade)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
    sent: Sent<NewToken>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    caller.admin()?;
    let now = app.now();
    let (secret, token) = wanted(caller.tenant, &sent.value, now)?;
    let kept = token.clone();
    app.wait(move |app| app.place.add_token(&kept).map_err(|it| Problem::of_store(&it))).await?;
    let made = TokenMade { secret: secret.shown().to_owned(), token: wire::token(&token) };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Takes a token back: it stops working at once on this server, within a second on others that
/// share the store.
#[utoipa::path(delete, path = "/v1/tokens/{token}", tag = "administration", params(("token" = String, Path, description = "The id of the token.")), responses((status = 204)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.admin()?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::new(Kind::NOT_FOUND))?;
    let id = TokenId(id.to_string());
    let now = app.now();
    let is_own = id == caller.token;
    if is_own {
        let why = "a token cannot take itself back: make another one first and use that";
        return Err(Problem::new(Kind::FORBIDDEN).because(why));
    }
    let revoked = move |app: &crate::running::Shared| {
        let found = app.place.revoke(caller.tenant, &id, now);
        app.identities.forget();
        found.map_err(|it| Problem::of_store(&it))
    };
    match app.wait(revoked).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::new(Kind::NOT_FOUND)),
    }
}

fn wanted(tenant: Tenant, new: &NewToken, now: Instant) -> Result<(Secret, Token), Problem> {
    let mut faults = Vec::new();
    let expires = new.expires.as_deref().and_then(instant);
    if expires.is_some_and(|it| it <= now) {
        faults.push(Fault::new("/expires", "past", "a token must expire after now"));
    }
    let scope = match (new.admin, new.roles.is_empty()) {
        (true, true) => Scope::Admin,
        (false, false) => {
            let mut roles: Vec<String> = new.roles.iter().map(|it| it.0.clone()).collect();
            roles.sort();
            roles.dedup();
            Scope::Roles(roles)
        }
        (true, false) | (false, true) => {
            let why = "a token is either for administration or for at least one role";
            faults.push(Fault::new("/roles", "admin-or-roles", why));
            Scope::Roles(Vec::new())
        }
    };
    if let Some((place, _)) = new.roles.iter().enumerate().find(|(_, it)| it.0.contains(':')) {
        let why = "a role has no colon; who it is stands in `person`";
        faults.push(Fault::new(format!("/roles/{place}"), "wrong-form", why));
    }
    if !faults.is_empty() {
        return Err(Problem::new(Kind::INVALID).with(faults));
    }
    let secret = Secret::new().map_err(|why| Problem::broken(&why))?;
    let token = Token {
        id: TokenId(Uuid::now_v7().to_string()),
        tenant,
        hash: secret.hash(),
        scope,
        person: new.person.as_ref().map(|it| it.0.clone()),
        label: new.label.0.clone(),
        made_at: now,
        expires,
        revoked_at: None,
    };
    Ok((secret, token))
}

/// Makes a token for an operator who has none: at the first start, or at the command line.
///
/// # Errors
/// The store failed, or the system has no random bytes.
pub fn first(
    place: &dyn store::cases::Place,
    tenant: Tenant,
    new: &NewToken,
    now: Instant,
) -> Result<Secret, Failure> {
    let (secret, token) = wanted(tenant, new, now)
        .map_err(|why| Failure::Unavailable(format!("no token can be made: {}", why.name())))?;
    place.add_token(&token)?;
    Ok(secret)
}
