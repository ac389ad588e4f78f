//! What stands in the address of a request, and what must be the version of a case.

use crate::problem::{Fault, Kind, Problem};
use crate::running::App;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::time::Instant;
use std::collections::BTreeMap;
use store::cases::StreamId;
use uuid::Uuid;

/// How far the clocks of two nodes may be apart, in milliseconds: what one has recorded can be read as
/// of then at another one.
const CLOCKS_APART_MS: i64 = 5_000;

/// The id of a case, as it stands in an address. What is no id, is no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseId(pub StreamId);

impl CaseId {
    /// The id that a text writes, as ids are written and in no other way.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let id = Uuid::try_parse(text).ok().map(|it| StreamId(it.into_bytes()))?;
        (id.to_string() == text).then_some(Self(id))
    }
}

impl FromRequestParts<App> for CaseId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let all = Path::<BTreeMap<String, String>>::from_request_parts(parts, app).await;
        let none = || Problem::new(Kind::NOT_FOUND);
        let all = all.map_err(|_| none())?;
        all.get("id").and_then(|it| Self::read(it)).ok_or_else(none)
    }
}

/// What stands after the `?`: each name once, and no name that the route does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    values: BTreeMap<String, String>,
}

/// The longest text after the `?`, in bytes.
const QUERY_BYTES_MAX: usize = 4_096;

impl FromRequestParts<App> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        Self::read_text(parts.uri.query().unwrap_or_default())
    }
}

impl Asked {
    /// The names and values of a form.
    ///
    /// # Errors
    /// It cannot be decoded, or a name stands in it twice.
    pub fn read_text(query: &str) -> Result<Self, Problem> {
        if query.len() > QUERY_BYTES_MAX {
            return Err(Problem::parameter("/query", "it is too long"));
        }
        let mut values = BTreeMap::new();
        for pair in query.split('&').filter(|it| !it.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = decoded(name).zip(decoded(value));
            let Some((name, value)) = decoded else {
                return Err(Problem::parameter("/query", "it cannot be decoded"));
            };
            if values.contains_key(&name) {
                return Err(Problem::parameter(&format!("/query/{name}"), "it stands there twice"));
            }
            values.insert(name, value);
        }
        Ok(Self { values })
    }
}

/// A text without its percent signs: UTF-8 without NUL.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit =
            |it: Option<u8>| char::from(it?).to_digit(16).and_then(|it| u8::try_from(it).ok());
        bytes.push(match byte {
            b'%' => digit(rest.next())?.checked_mul(16)?.checked_add(digit(rest.next())?)?,
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok().filter(|it| !it.contains('\0'))
}

impl Asked {
    /// The same, if it holds none but these names.
    ///
    /// # Errors
    /// Every other name.
    pub fn only(&self, names: &[&str]) -> Result<&Self, Problem> {
        let others = self.values.keys().filter(|it| !names.contains(&it.as_str()));
        let faults: Vec<Fault> = others
            .map(|it| {
                let known = names.join("`, `");
                let says = format!("it is not known here; known are `{known}`");
                Fault::new(format!("/query/{it}"), "unknown-parameter", says)
            })
            .collect();
        match faults.is_empty() {
            true => Ok(self),
            false => Err(Problem::new(Kind::BAD_PARAMETER).with(faults)),
        }
    }

    /// A text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Yes or no.
    ///
    /// # Errors
    /// It is neither.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        self.read(name, "`true` or `false`", |it| it.parse().ok())
    }

    /// A number within bounds.
    ///
    /// # Errors
    /// It is none.
    pub fn number(&self, name: &str, low: u32, high: u32) -> Result<Option<u32>, Problem> {
        let what = format!("a whole number from {low} to {high}");
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        self.read(name, &what, |it| {
            it.parse().ok().filter(|n| digits(it) && (low..=high).contains(n))
        })
    }

    /// An instant.
    ///
    /// # Errors
    /// It is none.
    pub fn instant(&self, name: &str) -> Result<Option<Instant>, Problem> {
        self.read(name, "an instant such as `2026-03-30T09:00:00Z`", crate::wire::instant)
    }

    /// An instant that is not still to come, clocks apart: of that nothing is true or known yet.
    ///
    /// # Errors
    /// It is none, or is still to come.
    pub fn past(&self, name: &str, now: Instant) -> Result<Option<Instant>, Problem> {
        let at = self.instant(name)?;
        if at.is_some_and(|at| at.ms().saturating_sub(now.ms()) > CLOCKS_APART_MS) {
            let why = format!("it is still to come: it is {now} now");
            return Err(Problem::parameter(&format!("/query/{name}"), why));
        }
        Ok(at)
    }

    /// A date.
    ///
    /// # Errors
    /// It is none.
    pub fn date(&self, name: &str) -> Result<Option<engine::time::NaiveDate>, Problem> {
        self.read(name, "a date such as `2026-03-30`", crate::wire::date)
    }

    /// What a list gave out as `next`.
    ///
    /// # Errors
    /// No list did.
    pub fn cursor<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        self.read("cursor", "what a list gave out as `next`", |it| {
            let bytes = URL_SAFE_NO_PAD.decode(it).ok()?;
            read(std::str::from_utf8(&bytes).ok()?)
        })
    }

    fn read<T>(
        &self,
        name: &str,
        what: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let wrong = || Problem::parameter(&format!("/query/{name}"), format!("it takes {what}"));
        read(text).map(Some).ok_or_else(wrong)
    }
}

/// What stands after the `?` for these names, as [`Asked`] reads it; a name without a value is left
/// out.
#[must_use]
pub fn query(asked: &[(&str, Option<String>)]) -> String {
    let said = asked.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let pairs = said.map(|(name, value)| format!("{name}={}", query_part(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A text as it stands in an address: every byte but letters, digits and `-._~` with a percent sign.
#[must_use]
pub fn query_part(text: &str) -> String {
    let part = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(part).collect()
}

/// How a list writes where to read on.
#[must_use]
pub fn cursor(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// The version that a case must have: `If-Match: "17"`. Nothing where it is not said, or any will
/// do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(pub Option<u32>);

impl FromRequestParts<App> for Version {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let mut sent = parts.headers.get_all(IF_MATCH).iter();
        let (one, other) = (sent.next(), sent.next());
        let Some(one) = one else { return Ok(Self(None)) };
        let text = one.to_str().unwrap_or_default().trim();
        if text == "*" && other.is_none() {
            return Ok(Self(None));
        }
        let number = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        // Behind the version stands a hash of what was read: it says nothing of the case.
        let is_hash = |it: &str| {
            it.len() == 16 && it.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
        };
        let number = number.map(|it| match it.split_once('-') {
            Some((version, hash)) if is_hash(hash) => version,
            _ => it,
        });
        let number = number.filter(|it| it.bytes().all(|it| it.is_ascii_digit()));
        match number.and_then(|it| it.parse().ok()).filter(|_| other.is_none()) {
            Some(version) => Ok(Self(Some(version))),
            None => {
                let says = "it takes the `ETag` of the case, such as `\"17\"`, or `*`";
                Err(Problem::parameter("/header/If-Match", says))
            }
        }
    }
}
