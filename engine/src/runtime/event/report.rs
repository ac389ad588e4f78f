//! An event as it came, and its reading against a protocol. Reports are what a journal keeps, so
//! that everything can be decided again.

use rust_decimal::Decimal;

use crate::diagnostic::nearest_or_listed;
use crate::machine::Machine;
use crate::model::{ChannelId, EventId, Field, FieldId, FieldKind, Party, Protocol, RoleId};
use crate::runtime::{Actor, Event};
use crate::script::Value;
use crate::text::Strings;
use crate::time::{Instant, NaiveDate};

/// When something happened, as it was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedAt {
    /// At an instant.
    Instant(Instant),
    /// Within a day of the protocol's zone.
    Date(NaiveDate),
}

/// A value as it was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Text, the name of a choice, a role.
    Text(String),
    /// A number or an amount of money.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A civil date.
    Date(NaiveDate),
    /// A reference to a personal value that the store keeps apart.
    Slot(String),
}

/// An event as it came: names and texts, nothing resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The caller's id, unique within the case.
    pub id: String,
    /// The type of event.
    pub event: String,
    /// When it happened.
    pub at: ReportedAt,
    /// When it reached the organisation's records.
    pub recorded_at: Instant,
    /// Whose act it is: `role` or `role:person`.
    pub by: String,
    /// Who entered it for them.
    pub entered_by: Option<String>,
    /// How it came.
    pub channel: Option<String>,
    /// The fields it brings, in the order reported.
    pub data: Vec<(String, Given)>,
    /// The reason given.
    pub reason: Option<String>,
    /// The person who complains, as an opaque id.
    pub complainant: Option<String>,
    /// The person complained about, as an opaque id.
    pub respondent: Option<String>,
}

/// Why a report is no event of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Where in the report, as a path: `/data/harm`.
    pub pointer: String,
    /// What is wrong, as one fragment.
    pub problem: String,
    /// What would be right.
    pub help: Option<String>,
}

/// The longest text a report may bring, in bytes.
pub const REPORT_TEXT_MAX: usize = 64 * 1024;

/// Reads a report against a protocol.
///
/// # Errors
/// Everything about it that is no event of this protocol, all at once.
pub fn read_report(
    machine: &Machine,
    report: &Report,
    strings: &mut Strings,
) -> Result<Event, Vec<Misread>> {
    let protocol = &machine.protocol;
    let mut faults = Vec::new();
    check_lengths(report, &mut faults);
    let kind = event(protocol, &report.event, &mut faults);
    let actor = actor(protocol, "/by", &report.by, strings, &mut faults);
    let entered_by = report
        .entered_by
        .as_ref()
        .and_then(|text| self::actor(protocol, "/entered_by", text, strings, &mut faults));
    let channel = report.channel.as_ref().and_then(|it| channel(protocol, it, &mut faults));
    let mut data = Vec::new();
    for (name, given) in &report.data {
        if let Some(read) = field(protocol, name, given, strings, &mut faults) {
            data.push(read);
        }
    }
    data.sort_by_key(|(field, _)| *field);
    for pair in data.windows(2) {
        if let [(first, _), (second, _)] = pair
            && first == second
        {
            let name = &protocol.fields[first.index()].name;
            faults.push(misread(format!("/data/{name}"), "the field is given twice".to_owned()));
        }
    }
    let (Some(kind), Some(actor), true) = (kind, actor, faults.is_empty()) else {
        return Err(faults);
    };
    let (at, date_only) = match report.at {
        ReportedAt::Instant(at) => (at, false),
        ReportedAt::Date(date) => (protocol.zone.day_start(date), true),
    };
    Ok(Event {
        id: strings.intern(&report.id),
        kind,
        at,
        date_only,
        recorded_at: report.recorded_at,
        actor,
        entered_by,
        channel,
        data,
        reason: report
            .reason
            .as_deref()
            .filter(|it| !it.trim().is_empty())
            .map(|it| strings.intern(it)),
        complainant: report.complainant.as_deref().map(|it| strings.intern(it)),
        respondent: report.respondent.as_deref().map(|it| strings.intern(it)),
    })
}

fn misread(pointer: impl Into<String>, problem: String) -> Misread {
    Misread { pointer: pointer.into(), problem, help: None }
}

fn check_lengths(report: &Report, faults: &mut Vec<Misread>) {
    let named = [("/id", Some(&report.id)), ("/reason", report.reason.as_ref())];
    let named = named.into_iter().filter_map(|(pointer, text)| Some((pointer.to_owned(), text?)));
    let data = report.data.iter().filter_map(|(name, given)| match given {
        Given::Text(text) | Given::Slot(text) => Some((format!("/data/{name}"), text)),
        _ => None,
    });
    for (pointer, text) in named.chain(data) {
        if text.len() > REPORT_TEXT_MAX {
            let problem =
                format!("the text has {} bytes, at most {REPORT_TEXT_MAX} are allowed", text.len());
            faults.push(misread(pointer, problem));
        }
    }
    if report.id.trim().is_empty() {
        faults.push(misread("/id", "the event has no id".to_owned()));
    }
}

fn event(protocol: &Protocol, name: &str, faults: &mut Vec<Misread>) -> Option<EventId> {
    let found = protocol.event(name);
    if found.is_none() {
        let names = protocol.events.iter().map(|event| event.name.as_str());
        faults.push(Misread {
            pointer: "/event".to_owned(),
            problem: format!("`{name}` is no event of this protocol"),
            help: nearest_or_listed(name, "event", names),
        });
    }
    found
}

fn channel(protocol: &Protocol, name: &str, faults: &mut Vec<Misread>) -> Option<ChannelId> {
    let found = protocol.channels.iter().position(|channel| channel.name == name);
    if found.is_none() {
        let names = protocol.channels.iter().map(|channel| channel.name.as_str());
        faults.push(Misread {
            pointer: "/channel".to_owned(),
            problem: format!("`{name}` is no channel of this protocol"),
            help: nearest_or_listed(name, "channel", names),
        });
    }
    found.map(ChannelId::at)
}

fn actor(
    protocol: &Protocol,
    pointer: &str,
    text: &str,
    strings: &mut Strings,
    faults: &mut Vec<Misread>,
) -> Option<Actor> {
    let (name, person) = text.split_once(':').map_or((text, None), |(name, it)| (name, Some(it)));
    let role = || protocol.roles.iter().position(|role| role.name == name);
    let party = Party::built_in(name).or_else(|| role().map(|at| Party::Role(RoleId::at(at))));
    let Some(party) = party else {
        let names = protocol.roles.iter().map(|role| role.name.as_str());
        faults.push(Misread {
            pointer: pointer.to_owned(),
            problem: format!("`{name}` is no role of this protocol"),
            help: nearest_or_listed(name, "role", names),
        });
        return None;
    };
    if person.is_some_and(|person| person.trim().is_empty()) {
        faults.push(misread(pointer, format!("`{text}` names no person after the colon")));
        return None;
    }
    Some(Actor { party, person: person.map(|person| strings.intern(person)) })
}

fn field(
    protocol: &Protocol,
    name: &str,
    given: &Given,
    strings: &mut Strings,
    faults: &mut Vec<Misread>,
) -> Option<(FieldId, Value)> {
    let pointer = format!("/data/{name}");
    let Some(id) = protocol.field(name) else {
        let names = protocol.fields.iter().map(|field| field.name.as_str());
        let help = nearest_or_listed(name, "field", names);
        let problem = format!("`{name}` is no field of this protocol");
        faults.push(Misread { pointer, problem, help });
        return None;
    };
    let field = &protocol.fields[id.index()];
    match read_value(protocol, field, given, strings) {
        Ok(value) => Some((id, value)),
        Err(problem) => {
            faults.push(misread(pointer, problem));
            None
        }
    }
}

/// Reads one value for a field.
///
/// # Errors
/// What the field takes instead, as one fragment.
pub fn read_value(
    protocol: &Protocol,
    field: &Field,
    given: &Given,
    strings: &mut Strings,
) -> Result<Value, String> {
    let wanted = match (&field.kind, given) {
        _ if field.personal => {
            return match given {
                Given::Slot(slot) => Ok(Value::Slot(strings.intern(slot))),
                _ => Err("a personal value comes as a reference, never as itself".to_owned()),
            };
        }
        (FieldKind::Text, Given::Text(text)) => return Ok(Value::Text(strings.intern(text))),
        (FieldKind::Number | FieldKind::Money(_), Given::Number(number)) => {
            return Ok(Value::Number(*number));
        }
        (FieldKind::Flag, Given::Flag(flag)) => return Ok(Value::Flag(*flag)),
        (FieldKind::Date, Given::Date(date)) => return Ok(Value::Date(*date)),
        (FieldKind::Choice(set) | FieldKind::Role(set), Given::Text(text)) => {
            let names = protocol.scope.set(*set).map_or(&[][..], |set| &set.names);
            let place = names.iter().position(|name| name == text);
            return place
                .and_then(|place| u16::try_from(place).ok())
                .map(Value::Choice)
                .ok_or_else(|| {
                    format!(
                        "`{text}` is none of {}",
                        crate::diagnostic::listed(names.iter().map(String::as_str))
                    )
                });
        }
        (FieldKind::Text, _) => "a text",
        (FieldKind::Number, _) => "a number",
        (FieldKind::Money(_), _) => "an amount of money",
        (FieldKind::Flag, _) => "true or false",
        (FieldKind::Date, _) => "a date such as 2026-03-30",
        (FieldKind::Choice(_), _) => "one of the declared choices",
        (FieldKind::Role(_), _) => "the name of a role",
    };
    Err(format!("the field takes {wanted}"))
}
