//! From what a request brings to who sends it.

use crate::access::{Caller, Secret};
use crate::problem::{Kind, Problem};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use engine::time;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::cases::{Hash, Place, Token};

/// How long a token that was looked up is believed. One that is taken back on this server stops
/// at once; on others that share the store, after so long.
const BELIEVED: Duration = Duration::from_secs(1);

/// The most tokens that are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// Says who sends a request. Tokens of ours do today; tokens of an identity provider would be
/// another implementation.
pub trait Identities: Send + Sync {
    /// What somebody sent to say who they are.
    ///
    /// # Errors
    /// Nothing that could say so.
    fn sent(&self, headers: &HeaderMap) -> Result<Secret, Problem>;

    /// Who sent it, where that is known without waiting.
    fn known(&self, secret: &Secret, now: time::Instant) -> Option<Result<Caller, Problem>>;

    /// Who sent it. Waits for the store.
    ///
    /// # Errors
    /// Nobody who is known, or the store cannot say.
    fn ask(&self, secret: &Secret, now: time::Instant) -> Result<Caller, Problem>;

    /// Forgets what is remembered of tokens: one was taken back.
    fn forget(&self);
}

/// Tokens of ours, kept as hashes.
pub struct Tokens {
    place: Arc<dyn Place>,
    remembered: Mutex<HashMap<Hash, (Arc<Token>, Instant)>>,
}

impl Tokens {
    /// The tokens of a place.
    #[must_use]
    pub fn of(place: Arc<dyn Place>) -> Self {
        Self { place, remembered: Mutex::new(HashMap::new()) }
    }

    fn remembered(&self, hash: Hash, now: Instant) -> Option<Arc<Token>> {
        let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        let (token, at) = remembered.get(&hash)?;
        (now.saturating_duration_since(*at) < BELIEVED).then(|| token.clone())
    }

    fn remember(&self, token: &Arc<Token>, now: Instant) {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(token.hash, (token.clone(), now));
    }
}

/// The holder of a token, while it works. Why it does not is not said.
fn holder(token: &Token, now: time::Instant) -> Result<Caller, Problem> {
    let works = token.revoked_at.is_none() && token.expires.is_none_or(|it| now < it);
    works.then(|| Caller::of(token)).ok_or_else(|| Problem::new(Kind::NO_TOKEN))
}

impl Identities for Tokens {
    fn sent(&self, headers: &HeaderMap) -> Result<Secret, Problem> {
        let mut sent = headers.get_all(AUTHORIZATION).iter();
        // Two are not one: which is meant would be a guess.
        let one = sent.next().filter(|_| sent.next().is_none());
        let text = one.and_then(|it| it.to_str().ok()).and_then(|it| it.split_once(' '));
        let bearer = text.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let secret = bearer.and_then(|(_, text)| Secret::sent(text.trim()));
        secret.ok_or_else(|| Problem::new(Kind::NO_TOKEN))
    }

    fn known(&self, secret: &Secret, now: time::Instant) -> Option<Result<Caller, Problem>> {
        let token = self.remembered(secret.hash(), Instant::now())?;
        Some(holder(&token, now))
    }

    fn ask(&self, secret: &Secret, now: time::Instant) -> Result<Caller, Problem> {
        let asked_at = Instant::now();
        let token = self.place.token(secret.hash()).map_err(|it| Problem::of_store(&it))?;
        let token = token.filter(|it| secret.is(it.hash)).map(Arc::new);
        let token = token.ok_or_else(|| Problem::new(Kind::NO_TOKEN))?;
        self.remember(&token, asked_at);
        holder(&token, now)
    }

    fn forget(&self) {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
