//! What stands in a place of a table.

use chrono::{NaiveDate, NaiveDateTime};
use engine::model::{Field, FieldKind, Protocol};
use engine::script::Value;
use engine::text::Strings;
use engine::time::{Instant, Zone};
use rust_decimal::Decimal;

/// What stands in a place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: unset, not known then, kept from this reader, or erased.
    Empty,
    /// A text, or a name that the protocol declares.
    Text(String),
    /// A number or an amount of money; the currency is said by the column.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A civil date in the zone of the protocol.
    Date(NaiveDate),
    /// An instant, as the zone of the protocol shows it.
    Moment(Moment),
}

/// An instant in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The civil time, to the millisecond.
    pub civil: NaiveDateTime,
    /// Seconds that it is ahead of UTC.
    pub offset_seconds: i32,
}

impl Cell {
    /// A text; an empty one is nothing.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// A count.
    #[must_use]
    pub fn count(count: i64) -> Self {
        Self::Number(Decimal::from(count))
    }

    /// An instant in a zone; nothing where there is none.
    #[must_use]
    pub fn moment(zone: &Zone, at: Option<Instant>) -> Self {
        at.map_or(Self::Empty, |at| {
            Self::Moment(Moment { civil: zone.civil(at), offset_seconds: zone.offset_seconds(at) })
        })
    }

    /// The value of a field. `personal` opens what was sealed.
    #[must_use]
    pub fn value(
        protocol: &Protocol,
        field: &Field,
        value: Value,
        strings: &Strings,
        personal: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        match value {
            Value::Unset => Self::Empty,
            Value::Flag(flag) => Self::Flag(flag),
            Value::Number(number) => Self::Number(number),
            Value::Date(date) => Self::Date(date),
            Value::Text(text) => Self::text(strings.get(text)),
            Value::Slot(slot) => personal(strings.get(slot)).map_or(Self::Empty, Self::Text),
            Value::Choice(place) => match &field.kind {
                FieldKind::Choice(set) | FieldKind::Role(set) => {
                    let set = protocol.scope.set(*set);
                    Self::text(set.and_then(|it| it.name(place)).unwrap_or_default())
                }
                _ => Self::Empty,
            },
        }
    }

    /// As it is written in plain text: dates and instants as ISO 8601, an instant with its offset,
    /// numbers with their digits, `true` and `false`.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Moment(moment) => moment.to_string(),
        }
    }
}

/// `2026-03-30T16:20:00+02:00`, with milliseconds where they are not zero.
impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.offset_seconds < 0 { '-' } else { '+' };
        let offset = self.offset_seconds.unsigned_abs();
        let civil = self.civil.format("%Y-%m-%dT%H:%M:%S%.3f").to_string();
        let civil = civil.strip_suffix(".000").unwrap_or(&civil);
        write!(out, "{civil}{sign}{:02}:{:02}", offset / 3_600, offset / 60 % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_with_its_offset() {
        let zone = Zone::find("Europe/London").unwrap();
        let shown = |ms| Cell::moment(&zone, Some(Instant::from_ms(ms))).plain();
        assert_eq!(shown(0), "1970-01-01T01:00:00+01:00");
        assert_eq!(shown(1_774_745_999_999), "2026-03-29T00:59:59.999+00:00");
        assert_eq!(shown(1_774_746_000_000), "2026-03-29T02:00:00+01:00");
        let zone = Zone::find("America/St_Johns").unwrap();
        assert_eq!(
            Cell::moment(&zone, Some(Instant::from_ms(1_774_746_000_000))).plain(),
            "2026-03-28T22:30:00-02:30"
        );
        assert_eq!(Cell::moment(&zone, None), Cell::Empty);
    }
}
