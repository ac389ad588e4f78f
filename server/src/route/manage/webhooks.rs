//! Receivers of messages, and what could not be sent to them.

use crate::access::Caller;
use crate::extract::Sent;
use crate::problem::{Fault, Kind, Problem};
use crate::running::App;
use crate::wire::{
    self, DeadLetter, DeadLetters, NewWebhook, Resent, Switch, WebhookList, WebhookMade,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use store::cases::{MessageState, Taken, Webhook, WebhookId};

/// How long a secret is, in bytes: Standard Webhooks takes 24 to 64.
const SECRET_BYTES: usize = 32;

/// The most dead letters that are listed.
const DEAD_MAX: u32 = 1_000;

/// The most receivers of a tenant.
const WEBHOOKS_MAX: usize = 100;

/// Lists the receivers of the tenant.
#[utoipa::path(get, path = "/v1/webhooks", tag = "administration", responses((status = 200, body = WebhookList)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<WebhookList>, Problem> {
    caller.admin()?;
    let all = app
        .wait(move |app| app.place.webhooks(caller.tenant).map_err(|it| Problem::of_store(&it)))
        .await?;
    Ok(Json(WebhookList { webhooks: all.iter().map(wire::webhook).collect() }))
}

/// Keeps a receiver. The secret that signs is said in the answer and nowhere else.
#[utoipa::path(post, path = "/v1/webhooks", tag = "administration", request_body = NewWebhook, responses((status = 201, body = WebhookMade)))]
pub(crate) async fn add(
    State(app): State<App>,
    caller: Caller,
    sent: Sent<NewWebhook>,
) -> Result<(StatusCode, Json<WebhookMade>), Problem> {
    caller.admin()?;
    let new = sent.value;
    let faults: Vec<Fault> = url_fault(&new.url).into_iter().collect();
    if !faults.is_empty() {
        return Err(Problem::new(Kind::INVALID).with(faults));
    }
    let mut secret = vec![0u8; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|why| Problem::broken(&why))?;
    let shown = format!("whsec_{}", STANDARD.encode(&secret));
    let mut webhook = Webhook {
        id: WebhookId(0),
        tenant: caller.tenant,
        url: new.url,
        secret,
        kinds: new.kinds.into_iter().map(|it| it.0).collect(),
        active: true,
    };
    let kept = app
        .wait(move |app| {
            let failed = |it: store::cases::Failure| Problem::of_store(&it);
            if app.place.webhooks(caller.tenant).map_err(failed)?.len() >= WEBHOOKS_MAX {
                let why = format!("a tenant has at most {WEBHOOKS_MAX} receivers");
                return Err(Problem::new(Kind::INVALID).because(why));
            }
            webhook.id = app.place.add_webhook(&webhook).map_err(failed)?;
            Ok(webhook)
        })
        .await?;
    let made = WebhookMade { secret: shown, webhook: wire::webhook(&kept) };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Turns a receiver on or off. What waits for one that is off stays where it is.
#[utoipa::path(put, path = "/v1/webhooks/{webhook}/active", tag = "administration", params(("webhook" = i32, Path, description = "The number of the receiver.")), request_body = Switch, responses((status = 204)))]
pub(crate) async fn switch(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    sent: Sent<Switch>,
) -> Result<StatusCode, Problem> {
    caller.admin()?;
    let id = number(&id)?;
    let active = sent.value.active;
    let found = app.wait(move |app| {
        let found = app.place.set_active(caller.tenant, id, active);
        found.map_err(|it| Problem::of_store(&it))
    });
    match found.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::new(Kind::NOT_FOUND)),
    }
}

/// Lists the messages that were given up.
#[utoipa::path(get, path = "/v1/webhooks/dead", tag = "administration", responses((status = 200, body = DeadLetters)))]
pub(crate) async fn dead(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<DeadLetters>, Problem> {
    caller.admin()?;
    let dead = app
        .wait(move |app| {
            let dead = app.place.messages(caller.tenant, MessageState::Dead, DEAD_MAX);
            dead.map_err(|it| Problem::of_store(&it))
        })
        .await?;
    Ok(Json(DeadLetters { dead: dead.iter().map(dead_letter).collect() }))
}

/// Lets the dead letters of a receiver be sent again, in their order.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/resend", tag = "administration", params(("webhook" = i32, Path, description = "The number of the receiver.")), responses((status = 200, body = Resent)))]
pub(crate) async fn resend(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Resent>, Problem> {
    caller.admin()?;
    let id = number(&id)?;
    let now = app.now();
    let messages = app
        .wait(move |app| {
            let failed = |it: store::cases::Failure| Problem::of_store(&it);
            let all = app.place.webhooks(caller.tenant).map_err(failed)?;
            if !all.iter().any(|it| it.id == id) {
                return Err(Problem::new(Kind::NOT_FOUND));
            }
            app.place.resend(caller.tenant, id, now).map_err(failed)
        })
        .await?;
    Ok(Json(Resent { messages }))
}

fn number(text: &str) -> Result<WebhookId, Problem> {
    let digits = text.bytes().all(|it| it.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits).map(WebhookId);
    number.ok_or_else(|| Problem::new(Kind::NOT_FOUND))
}

fn dead_letter(taken: &Taken) -> DeadLetter {
    DeadLetter {
        webhook: taken.message.webhook.0,
        stream: taken.message.stream.to_string(),
        sequence: taken.message.sequence,
        kind: taken.message.kind.clone(),
        attempts: taken.attempts,
        first_tried: taken.first_tried.map(|it| it.to_string()),
    }
}

/// What is wrong with the address of a receiver, as far as that shows in its text. Whether it leads
/// into a private network shows when something is sent.
fn url_fault(url: &str) -> Option<Fault> {
    let says = |detail: &str| Some(Fault::new("/url", "wrong-form", detail));
    if url.chars().any(|it| it.is_control() || it.is_whitespace()) {
        return says("an address has no spaces and no control characters");
    }
    if let Some(name) = url.strip_prefix("file:") {
        let is_plain = name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it));
        return match is_plain && !name.is_empty() && !name.starts_with('.') && name.len() <= 100 {
            true => None,
            false => says("the name of a file has letters, digits, `-`, `_` and `.` alone"),
        };
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.and_then(|it| it.split(['/', '?', '#']).next()).unwrap_or_default();
    match host {
        "" => says("an address begins with `https://` and names a host"),
        host if host.contains('@') => says("an address names nobody before its host"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_or_a_plain_file() {
        for url in [
            "https://example.org",
            "https://example.org:8443/a?b#c",
            "http://127.0.0.1:9/x",
            "file:facts.jsonl",
        ] {
            assert_eq!(url_fault(url), None, "{url}");
        }
        let none = [
            "",
            "https://",
            "https:///x",
            "ftp://example.org",
            "file:",
            "file:../x",
            "file:.x",
            "file:a/b",
            "https://a b",
            "https://user:word@example.org",
            "https://example.org\n",
            "javascript:x",
        ];
        for url in none {
            assert!(url_fault(url).is_some(), "{url}");
        }
    }
}
