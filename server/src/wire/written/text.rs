//! Texts, dates and instants as they are written.

use chrono::{DateTime, Timelike as _};
use engine::time::{Instant, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name that a protocol declares: of an event, a field, a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 255)]
pub struct Name(pub String);

/// An id that a caller chose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 255)]
pub struct Id(pub String);

/// A text of people, such as a reason. It stays below the bytes that the engine takes, whatever
/// its characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, max_length = 16_384)]
pub struct Words(pub String);

/// The date that a text writes as `2026-03-30`; nothing for any other text.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    is_plain.then(|| text.parse().ok()).flatten()
}

/// The instant that a text writes as RFC 3339 says: `2026-03-30T09:00:00+02:00`. What is finer
/// than a millisecond is cut off. Nothing for a second that is a leap second, for a time without
/// an offset, and for any other text.
#[must_use]
pub fn instant(text: &str) -> Option<Instant> {
    let is_rfc = text.as_bytes().get(10).is_some_and(|it| matches!(it, b'T' | b't'));
    let at = is_rfc.then(|| DateTime::parse_from_rfc3339(text).ok()).flatten()?;
    (at.nanosecond() < 1_000_000_000).then(|| Instant::from_utc(at.to_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_an_offset_and_whole_milliseconds() {
        let shown = |text| instant(text).map(|it| it.to_string());
        assert_eq!(shown("2026-03-30T09:00:00+02:00").unwrap(), "2026-03-30T07:00:00Z");
        assert_eq!(shown("2026-03-30T09:00:00.123999Z").unwrap(), "2026-03-30T09:00:00.123Z");
        let none = [
            "2026-03-30T09:00:00",
            "2026-03-30 09:00:00Z",
            "2026-02-30T09:00:00Z",
            "",
            "2026-12-31T23:59:60Z",
            "2026-03-30",
            "ä026-03-30T09:00:00Z",
        ];
        for text in none {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_ten_characters() {
        assert_eq!(date("2026-03-30").unwrap().to_string(), "2026-03-30");
        for text in ["2026-3-30", "+026-03-30", "2026-02-30", "20260330", "", "2026-03-3٠"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
