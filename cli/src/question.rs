//! From words to the question when a deadline would be due, and its answer.

use chrono::{DateTime, NaiveDateTime};
use engine::diagnostic::{listed, nearest_or_listed};
use engine::machine::Machine;
use engine::model::{
    Deadline, DeadlineId, EventId, Field, FieldId, FieldKind, LevelId, Protocol, RuleId, RungId,
};
use engine::runtime::{self, Answer, Assumed, Given, NoAnswer};
use engine::script::Value;
use engine::text::Strings;
use engine::time::{CivilNote, Due, Entry, NaiveDate, Start, spoken_date};
use rust_decimal::Decimal;

use crate::render::offset_text;
use crate::unusable::Unusable;

/// How somebody asks, which decides how they can say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// With the words of a command.
    Words,
    /// With a line of a batch.
    Line,
}

/// What somebody asks, in their words.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// How they ask.
    pub way: Way,
    /// The name of the deadline.
    pub deadline: String,
    /// When its clock starts: RFC 3339, a civil time or a civil date of the protocol's zone.
    pub at: String,
    /// The name of a level.
    pub severity: Option<String>,
    /// The name of a rung.
    pub rung: Option<String>,
    /// Fields and their values.
    pub fields: Vec<(String, Written)>,
}

/// A value as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// Text, which may stand for a number, a date, yes or no.
    Text(String),
    /// A number.
    Number(String),
    /// Yes or no.
    Flag(bool),
}

/// What the engine says.
pub(crate) struct Reply<'a> {
    /// The deadline.
    pub deadline: &'a Deadline,
    /// From when it counts.
    pub start: Start,
    /// The due instant and its working.
    pub answer: Answer,
    /// The entry of the term that applies.
    pub rule: RuleId,
    /// What whoever relies on the answer should know, as sentences without full stop.
    pub warnings: Vec<String>,
}

/// Asks the engine.
///
/// # Errors
/// A name or value that the protocol does not know, or something that must be known besides.
pub(crate) fn ask<'a>(machine: &'a Machine, question: &Question) -> Result<Reply<'a>, Unusable> {
    let protocol = &machine.protocol;
    let id = deadline(protocol, &question.deadline)?;
    let deadline = &protocol.deadlines[id.index()];
    let mut warnings = Vec::new();
    let start = start(protocol, deadline, &question.at, &mut warnings)?;
    let mut strings = machine.strings();
    let assumed = Assumed {
        severity: question.severity.as_deref().map(|it| level(protocol, it)).transpose()?,
        rung: question.rung.as_deref().map(|it| rung(protocol, it)).transpose()?,
        fields: fields(protocol, &question.fields, &mut strings)?,
    };
    let answer = runtime::due_for(machine, id, start, &assumed, &strings)
        .map_err(|none| no_answer(machine, deadline, question.way, &none))?;
    warnings.extend(of_version(protocol, start));
    warnings.extend(of_answer(deadline, &answer));
    let term = deadline.alternatives.get(usize::from(answer.alternative));
    let rule = term.map_or(deadline.rule, |it| it.rule);
    Ok(Reply { deadline, start, answer, rule, warnings })
}

fn deadline(protocol: &Protocol, name: &str) -> Result<DeadlineId, Unusable> {
    let place = protocol.deadlines.iter().position(|it| it.name == name);
    place.map(DeadlineId::at).ok_or_else(|| {
        let names = protocol.deadlines.iter().map(|it| it.name.as_str());
        Unusable::new(format!("`{name}` is no deadline of this protocol"))
            .maybe_help(nearest_or_listed(name, "deadline", names))
    })
}

fn start(
    protocol: &Protocol,
    deadline: &Deadline,
    at: &str,
    warnings: &mut Vec<String>,
) -> Result<Start, Unusable> {
    let zone = &protocol.zone;
    if let Ok(instant) = DateTime::parse_from_rfc3339(at) {
        return Ok(runtime::start_at(deadline, instant.to_utc().into(), false));
    }
    if let Ok(date) = at.parse::<NaiveDate>() {
        return Ok(runtime::start_at(deadline, zone.day_start(date), true));
    }
    let shapes =
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"];
    let civil = shapes.iter().find_map(|shape| NaiveDateTime::parse_from_str(at, shape).ok());
    let Some(civil) = civil else {
        let help = "write `2026-03-30T16:20` (a time of the protocol's zone), `2026-03-30`, \
                    or `2026-03-30T16:20:00+02:00`";
        return Err(Unusable::new(format!("`{at}` is no time")).help(help));
    };
    let found = zone.instant(civil, deadline.counts.twice);
    let offset = offset_text(zone.offset_seconds(found.at));
    match found.note {
        CivilNote::Plain => {}
        CivilNote::Skipped => warnings.push(format!(
            "{at} does not exist in {}, because the clocks go forward; counted from {}",
            zone.name(),
            zone.civil(found.at).format("%H:%M")
        )),
        CivilNote::Repeated => warnings.push(format!(
            "{at} occurs twice in {}, because the clocks go back; taken is the one at {offset}",
            zone.name()
        )),
    }
    Ok(runtime::start_at(deadline, found.at, false))
}

fn level(protocol: &Protocol, name: &str) -> Result<LevelId, Unusable> {
    let set = protocol.sets.levels.and_then(|set| protocol.scope.set(set));
    let names = set.map_or(&[][..], |set| &set.names);
    if names.is_empty() {
        return Err(Unusable::new("this protocol has no severity"));
    }
    names.iter().position(|it| it == name).map(LevelId::at).ok_or_else(|| {
        Unusable::new(format!("`{name}` is no level of severity of this protocol"))
            .maybe_help(nearest_or_listed(name, "level", names.iter().map(String::as_str)))
    })
}

fn rung(protocol: &Protocol, name: &str) -> Result<RungId, Unusable> {
    let names = || protocol.ladder.iter().map(|it| it.name.as_str());
    names().position(|it| it == name).map(RungId::at).ok_or_else(|| {
        Unusable::new(format!("`{name}` is no rung of this protocol"))
            .maybe_help(nearest_or_listed(name, "rung", names().collect::<Vec<_>>()))
    })
}

fn fields(
    protocol: &Protocol,
    written: &[(String, Written)],
    strings: &mut Strings,
) -> Result<Vec<(FieldId, Value)>, Unusable> {
    let mut read: Vec<(FieldId, Value)> = Vec::new();
    for (name, written) in written {
        let id = field(protocol, name)?;
        if read.iter().any(|(other, _)| *other == id) {
            return Err(Unusable::new(format!("field `{name}` is given twice")));
        }
        let field = &protocol.fields[id.index()];
        let given = given(&field.kind, written);
        let value = runtime::read_value(protocol, field, &given, strings)
            .map_err(|problem| Unusable::new(format!("field `{name}`: {problem}")))?;
        read.push((id, value));
    }
    Ok(read)
}

/// The field with this name.
///
/// # Errors
/// There is none; says which may have been meant.
pub(crate) fn field(protocol: &Protocol, name: &str) -> Result<FieldId, Unusable> {
    protocol.field(name).ok_or_else(|| {
        let names = protocol.fields.iter().map(|it| it.name.as_str());
        Unusable::new(format!("`{name}` is no field of this protocol"))
            .maybe_help(nearest_or_listed(name, "field", names))
    })
}

/// A field that an event may bring: of its entry where it is of a record, else of the case.
///
/// # Errors
/// There is none; says which may have been meant.
pub(crate) fn brought<'p>(
    protocol: &'p Protocol,
    event: EventId,
    name: &str,
) -> Result<&'p Field, Unusable> {
    let of = protocol.events[event.index()].of;
    let Some(record) = of.and_then(|of| protocol.records.get(of.record.index())) else {
        return Ok(&protocol.fields[field(protocol, name)?.index()]);
    };
    let mut fields = record.fields.iter().map(|it| &it.field);
    fields.find(|it| it.name == name).ok_or_else(|| {
        let names = record.fields.iter().map(|it| it.field.name.as_str());
        Unusable::new(format!("`{name}` is no field of `{}`", record.name))
            .maybe_help(nearest_or_listed(name, "field", names))
    })
}

/// Text is read as the field wants it; what does not fit is left for the engine to refuse.
pub(crate) fn given(kind: &FieldKind, written: &Written) -> Given {
    let text = match written {
        Written::Flag(flag) => return Given::Flag(*flag),
        Written::Number(number) => {
            let scientific = || Decimal::from_scientific(number);
            let number_read = Decimal::from_str_exact(number).or_else(|_| scientific());
            return number_read.map_or_else(|_| Given::Text(number.clone()), Given::Number);
        }
        Written::Text(text) => text,
    };
    let read = match kind {
        FieldKind::Number | FieldKind::Money(_) => {
            Decimal::from_str_exact(text).ok().map(Given::Number)
        }
        FieldKind::Flag => text.parse().ok().map(Given::Flag),
        FieldKind::Date => text.parse().ok().map(Given::Date),
        FieldKind::Text | FieldKind::File | FieldKind::Choice(_) | FieldKind::Role(_) => None,
    };
    read.unwrap_or_else(|| Given::Text(text.clone()))
}

fn no_answer(machine: &Machine, deadline: &Deadline, way: Way, none: &NoAnswer) -> Unusable {
    let protocol = &machine.protocol;
    let name = &deadline.name;
    let depends = |on: &str| Unusable::new(format!("when `{name}` is due depends on {on}"));
    match none {
        NoAnswer::SeverityUnknown => {
            let set = protocol.sets.levels.and_then(|set| protocol.scope.set(set));
            let levels = listed(set.iter().flat_map(|set| &set.names).map(String::as_str));
            depends("the severity of the case").help(match way {
                Way::Words => format!("add `--severity`: {levels}"),
                Way::Line => format!("add the key `severity`: {levels}"),
            })
        }
        NoAnswer::RungUnknown => {
            let rungs = listed(protocol.ladder.iter().map(|it| it.name.as_str()));
            depends("the rung the case is on").help(match way {
                Way::Words => format!("add `--rung`: {rungs}"),
                Way::Line => format!("add the key `rung`: {rungs}"),
            })
        }
        NoAnswer::FieldUnknown(id) => {
            let field = &protocol.fields[id.index()];
            let name = &field.name;
            let choices = match &field.kind {
                FieldKind::Choice(set) | FieldKind::Role(set) => protocol.scope.set(*set),
                _ => None,
            };
            let choices = choices.map(|set| listed(set.names.iter().map(String::as_str)));
            let choices = choices.map_or_else(String::new, |names| format!(": {names}"));
            depends(&format!("the field `{name}`")).help(match way {
                Way::Words => format!("add `--field {name}=…`{choices}"),
                Way::Line => format!("add `{name}` to the key `fields`{choices}"),
            })
        }
        NoAnswer::AgreedInEntry => depends("the entry of each case: it is the date agreed there")
            .help("`protocol run` plays a case with its entries"),
        NoAnswer::Faulted(fault) => {
            let why = fault.kind.sentence(protocol);
            Unusable::new(format!("when `{name}` is due cannot be said: {why}"))
        }
    }
}

/// Whether this version of the protocol holds for a complaint of that day.
fn of_version(protocol: &Protocol, start: Start) -> Option<String> {
    let on = protocol.zone.civil(start.at).date();
    let version = &protocol.version;
    if let Some(from) = protocol.effective_from.filter(|from| on < *from) {
        let (from, on) = (spoken_date(from), spoken_date(on));
        return Some(format!("version {version} holds from {from} on, and {on} is before that"));
    }
    let to = protocol.effective_to.filter(|to| on > *to)?;
    let (to, on) = (spoken_date(to), spoken_date(on));
    Some(format!("version {version} holds until {to}, and {on} is after that"))
}

fn of_answer(deadline: &Deadline, answer: &Answer) -> Option<String> {
    if answer.ledger.entries.contains(&Entry::Promptly) {
        let title = &deadline.title;
        return Some(format!(
            "\"{title}\" is owed promptly: no term is counted, so no date is due"
        ));
    }
    match answer.due {
        Some(Due { note: CivilNote::Skipped, .. }) => Some(
            "the time at which it would be due does not exist on that date, because the clocks \
             go forward; it is due so much later"
                .to_owned(),
        ),
        Some(Due { note: CivilNote::Repeated, .. }) => Some(
            "the time at which it is due occurs twice on that date, because the clocks go back; \
             the offset says which is meant"
                .to_owned(),
        ),
        _ => None,
    }
}
