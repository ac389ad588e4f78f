//! The first steps under a protocol, for somebody who tries a server out: an opening and an event
//! that the engine accepts, worked out and not written down.

use engine::machine::Machine;
use engine::model::{Doer, Event, EventId, Field, FieldKind, Party};
use engine::runtime::{Case, Context, Given, Report, apply, decide, read_report};
use engine::text::Strings;
use engine::time::Instant;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// The bodies of two requests.
pub(crate) struct Steps {
    /// Opens a case.
    pub open: String,
    /// Reports an event of it.
    pub event: String,
}

/// The first steps; nothing where no plain value would do.
pub(crate) fn steps(machine: &Machine, now: Instant) -> Option<Steps> {
    let protocol = &machine.protocol;
    let mut strings = machine.strings();
    let mut case = Case::new(machine);
    let opening = protocol.events.get(EventId::OPENED.index())?;
    let open = try_all(machine, &mut case, &mut strings, opening, now)?;
    let others = protocol.events.iter().skip(1);
    let event = others
        .into_iter()
        .find_map(|it| try_all(machine, &mut case, &mut strings, it, now).map(|body| (it, body)));
    let (event, mut reported) = event?;
    let mut opened = open;
    opened.insert("protocol".to_owned(), json!(protocol.id));
    reported.insert("event".to_owned(), json!(event.name));
    let text = |body: Map<String, Value>| {
        let text = Value::Object(body).to_string();
        // It stands between single quotes.
        (!text.contains('\'')).then_some(text)
    };
    Some(Steps { open: text(opened)?, event: text(reported)? })
}

/// The body of a report of this event that is accepted, by whoever may report it.
fn try_all(
    machine: &Machine,
    case: &mut Case,
    strings: &mut Strings,
    event: &Event,
    now: Instant,
) -> Option<Map<String, Value>> {
    let parties = event.by.iter().filter_map(|it| match it {
        Doer::Party(party @ (Party::Role(_) | Party::Complainant)) => Some(*party),
        _ => None,
    });
    for party in parties {
        let by = machine.protocol.party_name(party);
        let mut report = Report::new(event.name.as_str(), event.name.as_str(), now, by);
        let mut data = Map::new();
        let must = machine.protocol.brings(event).into_iter().filter(|(_, required)| *required);
        for (field, _) in must {
            let (given, written) = sample(machine, field, now)?;
            report.data.push((field.name.clone(), given));
            data.insert(field.name.clone(), written);
        }
        let is_opening = case.opened_at.is_none();
        report.complainant = is_opening.then(|| "person-1".to_owned());
        let Ok(read) = read_report(machine, &report, strings) else { continue };
        let Ok(decision) = decide(machine, case, &read, &Context::new(strings)) else { continue };
        decision.facts.iter().for_each(|fact| apply(case, fact));
        let mut body = Map::new();
        body.insert("by".to_owned(), json!(by));
        body.extend(report.complainant.map(|it| ("complainant".to_owned(), json!(it))));
        body.insert("data".to_owned(), Value::Object(data));
        return Some(body);
    }
    None
}

/// A value that a field takes, for the engine and as it is written; none for what is personal.
fn sample(machine: &Machine, field: &Field, now: Instant) -> Option<(Given, Value)> {
    let text = |text: &str| (Given::Text(text.to_owned()), json!(text));
    Some(match &field.kind {
        _ if field.personal => return None,
        FieldKind::Text => text("an example"),
        FieldKind::Number | FieldKind::Money(_) => (Given::Number(Decimal::ONE), json!("1")),
        FieldKind::Flag => (Given::Flag(true), json!(true)),
        FieldKind::Date => {
            let today = machine.protocol.zone.civil(now).date();
            (Given::Date(today), json!(today.to_string()))
        }
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            text(machine.protocol.scope.set(*set)?.name(0)?)
        }
        FieldKind::File => text(&format!("sha256:{}", "0".repeat(64))),
    })
}
