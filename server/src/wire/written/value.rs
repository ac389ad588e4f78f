//! Values of fields, and moments.

use crate::wire::{date, instant};
use engine::model::{EventId, Field, FieldKind, Protocol};
use engine::runtime::{self, ReportedAt};
use engine::script;
use engine::text::Strings;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The value of a field. A flag is `true` or `false`; everything else is a text: a number or an
/// amount of money its exact digits (`"12.50"`), a date `"2026-03-30"`, a choice or a role its
/// name, a file `"sha256:…"`. What the text must be, the field in the protocol says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(example = "12.50")]
pub enum FieldValue {
    /// Yes or no.
    Flag(bool),
    /// Everything else.
    #[schema(value_type = crate::wire::Words)]
    Text(String),
}

/// When something happened: an instant with an offset, or a date where only the day is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(example = "2026-03-30T09:00:00+02:00")]
pub enum Moment {
    /// An instant.
    #[schema(format = DateTime)]
    Instant(String),
    /// A date.
    #[schema(format = Date)]
    Date(String),
}

impl Moment {
    /// What the engine calls it; nothing for what is no moment, which its schema has refused.
    #[must_use]
    pub fn reported(&self) -> Option<ReportedAt> {
        let (Self::Instant(text) | Self::Date(text)) = self;
        let at = instant(text).map(ReportedAt::Instant);
        at.or_else(|| date(text).map(ReportedAt::Date))
    }
}

/// A given value as the field takes it. What the field does not take is handed on as it is, so
/// that the engine says what is wrong with it.
#[must_use]
fn given(field: Option<&Field>, value: &FieldValue) -> runtime::Given {
    let text = match value {
        FieldValue::Flag(flag) => return runtime::Given::Flag(*flag),
        FieldValue::Text(text) => text,
    };
    let plain = || runtime::Given::Text(text.clone());
    match field.map(|it| &it.kind) {
        Some(FieldKind::Number | FieldKind::Money(_)) => {
            number(text).map_or_else(plain, runtime::Given::Number)
        }
        Some(FieldKind::Date) => date(text).map_or_else(plain, runtime::Given::Date),
        _ => plain(),
    }
}

/// The number that a text writes with digits, a sign and a point; nothing for any other text, or
/// more digits than are exact.
fn number(text: &str) -> Option<Decimal> {
    let plain = text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'-' | b'.'));
    plain.then(|| Decimal::from_str_exact(text).ok()).flatten()
}

/// The values as an event of a protocol takes them.
#[must_use]
pub(in crate::wire) fn all_given(
    protocol: &Protocol,
    event: &str,
    data: &BTreeMap<String, FieldValue>,
) -> Vec<(String, runtime::Given)> {
    let declared = protocol.event(event).and_then(|id| protocol.events.get(EventId::index(id)));
    let record =
        declared.and_then(|it| it.of).and_then(|of| protocol.records.get(of.record.index()));
    let field = |name: &str| match record {
        Some(record) => {
            let place = record.field(name)?;
            record.fields.get(usize::from(place)).map(|it| &it.field)
        }
        None => protocol.field(name).and_then(|id| protocol.fields.get(id.index())),
    };
    data.iter().map(|(name, value)| (name.clone(), given(field(name), value))).collect()
}

/// A value as it is written; nothing where none is set. A reference to a personal value is looked
/// up, and left out where the value is gone or not to be read.
#[must_use]
pub(in crate::wire) fn written(
    protocol: &Protocol,
    field: &Field,
    value: script::Value,
    strings: &Strings,
    personal: &dyn Fn(&str) -> Option<String>,
) -> Option<FieldValue> {
    let text = match value {
        script::Value::Unset => return None,
        script::Value::Flag(flag) => return Some(FieldValue::Flag(flag)),
        script::Value::Number(number) => number.normalize().to_string(),
        script::Value::Date(date) => date.to_string(),
        script::Value::Text(text) => strings.get(text).to_owned(),
        script::Value::Slot(slot) => personal(strings.get(slot))?,
        script::Value::Choice(place) => match &field.kind {
            FieldKind::Choice(set) | FieldKind::Role(set) => {
                protocol.scope.set(*set)?.name(place)?.to_owned()
            }
            _ => place.to_string(),
        },
    };
    Some(FieldValue::Text(text))
}
