//! The idempotency key of a request.

use crate::access::{Capacity, hash};
use crate::problem::{Kind, Problem};
use crate::running::App;
use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;
use store::cases::Hash;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key, in bytes.
const KEY_BYTES_MAX: usize = 255;

/// The key under which the answer to a request is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl IdempotencyKey {
    /// A key that stands in a body.
    ///
    /// # Errors
    /// It cannot be one.
    pub fn read(text: &str) -> Result<Self, String> {
        let is_plain = text.bytes().all(|it| (0x21..=0x7e).contains(&it));
        match !text.is_empty() && text.len() <= KEY_BYTES_MAX && is_plain {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "a key has 1 to {KEY_BYTES_MAX} characters: ASCII letters, digits and signs"
            )),
        }
    }
}

/// The key of a request that may come without one: a dry run keeps no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaybeKey(pub Option<IdempotencyKey>);

impl MaybeKey {
    /// The key, which must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn required(self) -> Result<IdempotencyKey, Problem> {
        self.0.ok_or_else(|| Problem::new(Kind::KEY_MISSING))
    }
}

impl FromRequestParts<App> for MaybeKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let mut sent = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let pointer = "/header/Idempotency-Key";
        match (sent.next(), sent.next()) {
            (None, _) => Ok(Self(None)),
            (Some(one), None) => {
                let key = IdempotencyKey::read(one.to_str().unwrap_or_default());
                key.map(|it| Self(Some(it))).map_err(|why| Problem::parameter(pointer, why))
            }
            (Some(_), Some(_)) => Err(Problem::parameter(pointer, "there is more than one key")),
        }
    }
}

/// What tells one request from another under the same key: what was asked, of what, and in which
/// capacity. Somebody in other roles is not given the answer that these were.
#[must_use]
pub fn request_hash(method: &str, path: &str, capacity: &Capacity, body: &[u8]) -> Hash {
    let mut all = Vec::with_capacity(body.len().saturating_add(256));
    let mut add = |part: &[u8]| {
        all.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        all.extend_from_slice(part);
    };
    add(method.as_bytes());
    add(path.as_bytes());
    add(body);
    add(capacity.person.as_deref().unwrap_or_default().as_bytes());
    for role in &capacity.roles {
        add(role.as_bytes());
    }
    hash(&all)
}
