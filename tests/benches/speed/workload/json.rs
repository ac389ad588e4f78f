//! From the text that an app posts to a report: what a server does before it asks the engine.

use std::borrow::Cow;
use std::fmt;

use engine::model::{FieldKind, Protocol};
use engine::runtime::{Given, Report};
use engine::time::Instant;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::workload::story::HARMS;
use crate::workload::walk::Happened;

#[derive(Deserialize)]
struct Posted<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    by: Cow<'a, str>,
    #[serde(borrow, default)]
    entered_by: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    channel: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    data: Data<'a>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Raw<'a> {
    Flag(bool),
    Text(#[serde(borrow)] Cow<'a, str>),
}

/// What the event brings, in the order in which it stands.
#[derive(Default)]
struct Data<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Data<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Data<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the fields that the event brings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry::<&str, Raw<'de>>()? {
                    entries.push((Cow::Borrowed(entry.0), entry.1));
                }
                Ok(Data(entries))
            }
        }
        from.deserialize_map(Entries)
    }
}

/// The report that a text is; `None` where it is none.
pub(crate) fn report(protocol: &Protocol, text: &str) -> Option<Report> {
    let posted: Posted<'_> = serde_json::from_str(text).ok()?;
    let at = chrono::DateTime::parse_from_rfc3339(&posted.at).ok()?;
    let at = Instant::from_utc(at.to_utc());
    let mut data = Vec::with_capacity(posted.data.0.len());
    for (name, raw) in posted.data.0 {
        data.push((name.clone().into_owned(), given(protocol, &name, raw)?));
    }
    Some(Report {
        entered_by: posted.entered_by.map(Cow::into_owned),
        channel: posted.channel.map(Cow::into_owned),
        data,
        ..Report::new(posted.id.into_owned(), posted.event.into_owned(), at, posted.by.into_owned())
    })
}

/// A number comes as text, so that no binary fraction comes between.
fn given(protocol: &Protocol, name: &str, raw: Raw<'_>) -> Option<Given> {
    let kind = protocol.field(name).map(|id| &protocol.fields[id.index()].kind);
    match (raw, kind) {
        (Raw::Flag(flag), _) => Some(Given::Flag(flag)),
        (Raw::Text(text), Some(FieldKind::Number | FieldKind::Money(_))) => {
            Decimal::from_str_exact(&text).ok().map(Given::Number)
        }
        (Raw::Text(text), _) => Some(Given::Text(text.into_owned())),
    }
}

/// What happened, for a table that keeps no more: the text is parsed, its values are taken.
pub(crate) fn happened(text: &str) -> Option<Happened> {
    let posted: Posted<'_> = serde_json::from_str(text).ok()?;
    let text = |name: &str| posted.data.0.iter().find(|(it, _)| it == name).map(|(_, raw)| raw);
    let cents = |name: &str| match text(name)? {
        Raw::Text(number) => {
            let number = Decimal::from_str_exact(number).ok()?;
            i64::try_from((number * Decimal::ONE_HUNDRED).trunc()).ok()
        }
        Raw::Flag(_) => None,
    };
    Some(match &*posted.event {
        "opened" => {
            let harm = match text("harm")? {
                Raw::Text(harm) => HARMS.iter().position(|it| it == harm)?,
                Raw::Flag(_) => return None,
            };
            let urgent = matches!(text("urgent")?, Raw::Flag(true));
            Happened::Opened { amount: cents("amount")?, harm: u8::try_from(harm).ok()?, urgent }
        }
        "inspected" => Happened::Inspected { total: cents("total")? },
        _ => Happened::Acknowledged,
    })
}
