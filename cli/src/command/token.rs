//! `protocol token`: tokens for the routes of the server.

use serde_json::json;
use server::extract::query_part;
use server::running::Ask;
use server::wire::{TokenList as Listed, TokenMade};

use crate::Exit;
use crate::args::{AnswerFormat, Token, TokenCommand, TokenCreate, TokenList, TokenRevoke};
use crate::desk::{Desk, Making, finish, known, known_roles};
use crate::output::Output;
use crate::render;
use crate::unusable::Unusable;

const DAY_MS: i64 = 86_400_000;

/// The longest text that may be an id, in bytes: longer ones fit into no address.
const ID_BYTES_MAX: usize = 255;

/// Carries out what is asked about tokens.
pub(crate) fn token(args: &Token, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    match &args.command {
        TokenCommand::Create(args) => create(args, output),
        TokenCommand::List(args) => list(args, output),
        TokenCommand::Revoke(args) => revoke(args, output),
    }
}

/// Makes a token. The secret alone is data, so that `TOKEN=$(…)` takes it.
fn create(args: &TokenCreate, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let roles = known_roles(&desk)?;
    args.roles.iter().try_for_each(|it| known("role", it, &roles))?;
    let expires = args.days.map(|days| desk.keeper.now().plus_ms(i64::from(days) * DAY_MS));
    let expires = expires.flatten().map(|it| it.to_string());
    let body = json!({
        "label": args.label,
        "roles": args.roles,
        "admin": args.admin,
        "person": args.person,
        "expires": expires,
    });
    let ask = Ask { path: "/v1/tokens".to_owned(), ..Ask::default() };
    let told = desk.administration()?.post(&ask, serde_json::to_vec(&body)?)?;
    let mut note = String::new();
    let exit = finish(&told, args.of.format, output, |body| {
        let made: TokenMade = serde_json::from_slice(body)?;
        note = render::made_text(&made);
        Ok(format!("{}\n", made.secret))
    })?;
    output.note(&note)?;
    Ok(exit)
}

fn list(args: &TokenList, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let told = desk.administration()?.get("/v1/tokens")?;
    finish(&told, args.of.format, output, |body| {
        let list: Listed = serde_json::from_slice(body)?;
        Ok(render::tokens_text(&list))
    })
}

fn revoke(args: &TokenRevoke, output: &mut Output<'_, '_>) -> anyhow::Result<Exit> {
    let desk = Desk::open(&args.of, Making::Never, output)?;
    let none = || {
        let id = render::one_line(&args.id);
        Unusable::new(format!("there is no token `{id}` that still works"))
            .help("`protocol token list` shows the ids")
    };
    if args.id.len() > ID_BYTES_MAX {
        return Err(none().into());
    }
    let told = desk.administration()?.delete(&format!("/v1/tokens/{}", query_part(&args.id)))?;
    if told.status == 404 && args.of.format == AnswerFormat::Human {
        return Err(none().into());
    }
    finish(&told, args.of.format, output, |_| {
        let id = render::one_line(&args.id);
        Ok(format!("token {id} is taken back; a server that runs takes it for a second at most\n"))
    })
}
