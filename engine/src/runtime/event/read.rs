//! The reading of a report against a protocol.

use std::collections::BTreeSet;

use crate::diagnostic::nearest_or_listed;
use crate::machine::Machine;
use crate::model::{
    ChannelId, EventId, Field, FieldId, FieldKind, Party, Protocol, RoleId, StopId,
};
use crate::runtime::event::entry;
use crate::runtime::event::named;
use crate::runtime::event::revision;
use crate::runtime::stops;
use crate::runtime::{Actor, Event, Given, Report};
use crate::script::Value;
use crate::text::Strings;

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
    if let Some(stop) = &report.stop {
        return stops::read(machine, stop, report, strings);
    }
    let protocol = &machine.protocol;
    let mut faults = Vec::new();
    let stops = in_force(protocol, &report.stops, &mut faults);
    check_lengths(report, &mut faults);
    let kind = event(protocol, &report.event, &mut faults);
    let actor = actor(protocol, "/by", &report.by, strings, &mut faults);
    let entered_by = report
        .entered_by
        .as_ref()
        .and_then(|text| self::actor(protocol, "/entered_by", text, strings, &mut faults));
    let channel = report.channel.as_ref().and_then(|it| channel(protocol, it, &mut faults));
    let of = kind.and_then(|kind| protocol.events.get(kind.index())).and_then(|it| it.of);
    let entry = entry::id(report, kind.is_some(), of, strings, &mut faults);
    let (mut data, mut entry_data) = (Vec::new(), Vec::new());
    for (name, given) in &report.data {
        match of {
            Some(of) => entry_data.extend(entry::field(
                protocol,
                of.record,
                name,
                given,
                strings,
                &mut faults,
            )),
            None => data.extend(field(protocol, name, given, strings, &mut faults)),
        }
    }
    report_twice(report, &mut faults);
    data.sort_by_key(|(field, _)| *field);
    entry_data.sort_by_key(|(field, _)| *field);
    revision::check(protocol, report, kind, &mut faults);
    let named = named::named(protocol, report, kind, &mut faults);
    let history = history(protocol, &report.history, &mut faults);
    let (Some(kind), Some(actor), true) = (kind, actor, faults.is_empty()) else {
        return Err(faults);
    };
    let (at, date_only) = revision::instant(protocol, report.at);
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
        entry,
        entry_data,
        history,
        reason: report
            .reason
            .as_deref()
            .filter(|it| !it.trim().is_empty())
            .map(|it| strings.intern(it)),
        complainant: report.complainant.as_deref().map(|it| strings.intern(it)),
        respondent: report.respondent.as_deref().map(|it| strings.intern(it)),
        revision: revision::resolved(protocol, report, strings),
        stop: None,
        stops,
        case: report.case.as_deref().map(|it| strings.intern(it)),
        letter: named.letter,
        intake: named.intake,
    })
}

/// Reports each field that is given a second time.
fn report_twice(report: &Report, faults: &mut Vec<Misread>) {
    if report.data.len() < 2 {
        return;
    }
    let mut seen = BTreeSet::new();
    for (name, _) in &report.data {
        if !seen.insert(name) {
            faults.push(misread(format!("/data/{name}"), "the field is given twice".to_owned()));
        }
    }
}

fn in_force(protocol: &Protocol, names: &[String], faults: &mut Vec<Misread>) -> Vec<StopId> {
    let mut found = Vec::new();
    for name in names {
        match protocol.stop(name) {
            Some(stop) => found.push(stop),
            None => {
                let problem = format!("`{name}` is no stop of this protocol");
                let all = protocol.stops.iter().map(|it| it.name.as_str());
                let help = nearest_or_listed(name, "stop", all);
                faults.push(Misread { pointer: "/stops".to_owned(), problem, help });
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

pub(crate) fn misread(pointer: impl Into<String>, problem: String) -> Misread {
    Misread { pointer: pointer.into(), problem, help: None }
}

fn check_lengths(report: &Report, faults: &mut Vec<Misread>) {
    let long = |text: &str| {
        let n_bytes = text.len();
        (n_bytes > REPORT_TEXT_MAX)
            .then(|| format!("the text has {n_bytes} bytes, at most {REPORT_TEXT_MAX} are allowed"))
    };
    let (entry, reason) = (report.entry.as_deref(), report.reason.as_deref());
    for (pointer, text) in
        [("/id", Some(report.id.as_str())), ("/entry", entry), ("/reason", reason)]
    {
        faults.extend(text.and_then(long).map(|problem| misread(pointer, problem)));
    }
    for (name, given) in &report.data {
        if let Given::Text(text) | Given::Slot(text) = given {
            faults.extend(long(text).map(|problem| misread(format!("/data/{name}"), problem)));
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

fn history(protocol: &Protocol, seen: &[u32], faults: &mut Vec<Misread>) -> Vec<Value> {
    let asked = protocol.history.questions.len();
    if !seen.is_empty() && seen.len() != asked {
        let problem = format!("{} answers, but the protocol asks {asked} questions", seen.len());
        faults.push(misread("/history", problem));
    }
    seen.iter().map(|count| Value::Number((*count).into())).collect()
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
        (FieldKind::File, Given::Text(hash)) if entry::is_evidence(hash) => {
            return Ok(Value::Text(strings.intern(hash)));
        }
        (FieldKind::File, _) => "the hash of its content: `sha256:` and 64 hexadecimal digits",
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
