//! Names in a scenario, looked up in the protocol.

use crate::diagnostic::{Diagnostics, listed, nearest, nearest_or_listed};
use crate::model::{
    ChannelId, DeadlineId, EventId, Field, FieldId, GuaranteeId, LetterId, LevelId, Party, Point,
    Protocol, Record, RecordId, RetentionId, RoleId, RungId, StageId, TrendId,
};
use crate::scenario::ClockName;
use crate::scenario::rules;
use crate::text::Spanned;

/// The words that a refusal may have for a name besides conditions and deadlines.
pub(crate) const REFUSALS: [&str; 16] = [
    "role",
    "person",
    "channel",
    "data",
    "entry",
    "reason",
    "stage",
    "effective",
    "last-rung",
    "merged",
    "letter",
    "intake",
    "future",
    "backdate",
    "id",
    "corrected",
];

type Name = Spanned<String>;

fn find<'a>(
    kind: &str,
    name: &Name,
    names: impl Iterator<Item = &'a str> + Clone,
    out: &mut Diagnostics,
) -> Option<usize> {
    let found = names.clone().position(|it| it == name.value);
    if found.is_none() {
        let help = nearest_or_listed(&name.value, kind, names);
        out.push(rules::scenario_unknown_name(kind, &name.value, name.span, help));
    }
    found
}

pub(crate) fn event(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<EventId> {
    let found = protocol.event(&name.value);
    if found.is_none() {
        let names = protocol.events.iter().map(|it| it.name.as_str());
        let help = match nearest(&name.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => declaration(protocol, &name.value),
        };
        out.push(rules::scenario_unknown_name("event", &name.value, name.span, Some(help)));
    }
    found
}

/// What to add to a protocol so that it knows an event.
fn declaration(protocol: &Protocol, event: &str) -> String {
    let role = protocol.roles.first().map_or("complainant", |role| role.name.as_str());
    let stage = protocol.stages.get(protocol.start.index()).map_or("", |it| it.name.as_str());
    format!(
        "to declare it, add `[events.{event}]` with `by = [\"{role}\"]`, and \
         `[stages.{stage}.on.{event}]` in each stage that takes it"
    )
}

pub(crate) fn field(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<FieldId> {
    let names = protocol.fields.iter().map(|it| it.name.as_str());
    find("field", name, names, out).map(FieldId::at)
}

/// A field that an event may bring: of its entry where it is an event of a record, else of the
/// case.
pub(crate) fn brought<'p>(
    protocol: &'p Protocol,
    event: Option<EventId>,
    name: &Name,
    out: &mut Diagnostics,
) -> Option<&'p Field> {
    match record_of(protocol, event) {
        Some(record) => {
            let names = record.fields.iter().map(|it| it.field.name.as_str());
            let place = find("field", name, names, out)?;
            record.fields.get(place).map(|it| &it.field)
        }
        None => protocol.fields.get(field(protocol, name, out)?.index()),
    }
}

/// The record that an event is of.
pub(crate) fn record_of(protocol: &Protocol, event: Option<EventId>) -> Option<&Record> {
    let of = protocol.events.get(event?.index())?.of?;
    protocol.records.get(of.record.index())
}

pub(crate) fn channel(
    protocol: &Protocol,
    name: &Name,
    out: &mut Diagnostics,
) -> Option<ChannelId> {
    let names = protocol.channels.iter().map(|it| it.name.as_str());
    find("channel", name, names, out).map(ChannelId::at)
}

pub(crate) fn deadline(
    protocol: &Protocol,
    name: &Name,
    out: &mut Diagnostics,
) -> Option<DeadlineId> {
    let names = protocol.deadlines.iter().map(|it| it.name.as_str());
    find("deadline", name, names, out).map(DeadlineId::at)
}

/// A deadline, or `deadline#entry` where each entry of a record has a clock of its own.
pub(crate) fn clock(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<ClockName> {
    let Some((deadline, entry)) = name.value.split_once('#') else {
        return Some(ClockName { deadline: deadline(protocol, name, out)?, entry: None });
    };
    let deadline = self::deadline(protocol, &Spanned::new(deadline.to_owned(), name.span), out)?;
    let declared = protocol.deadlines.get(deadline.index())?;
    let (problem, help) = match (declared.for_each, entry.trim().is_empty()) {
        (Some(_), false) => return Some(ClockName { deadline, entry: Some(entry.to_owned()) }),
        (Some(_), true) => (
            format!("`{}` names no entry after the `#`", name.value),
            format!("write the id of the entry, or `{}`", declared.name),
        ),
        (None, _) => (
            format!("`{}` has one clock for the whole case", declared.name),
            format!("write `{}`", declared.name),
        ),
    };
    out.push(rules::scenario_bad_value(problem, name.span, help));
    None
}

pub(crate) fn record(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<RecordId> {
    let names = protocol.records.iter().map(|it| it.name.as_str());
    find("record", name, names, out).map(RecordId::at)
}

pub(crate) fn letter(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<LetterId> {
    let names = protocol.letters.iter().map(|it| it.name.as_str());
    find("letter", name, names, out).map(LetterId::at)
}

/// The name of a kind of intake.
pub(crate) fn intake(protocol: &Protocol, name: Name, out: &mut Diagnostics) -> Option<String> {
    let names = protocol.intake.iter().map(|it| it.name.as_str());
    find("kind of intake", &name, names, out).map(|_| name.value)
}

pub(crate) fn guarantee(
    protocol: &Protocol,
    name: &Name,
    out: &mut Diagnostics,
) -> Option<GuaranteeId> {
    let names = protocol.guarantees.iter().map(|it| it.id.as_str());
    find("guarantee", name, names, out).map(GuaranteeId::at)
}

pub(crate) fn trend(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<TrendId> {
    let names = protocol.trends.iter().map(|it| it.name.as_str());
    find("trend", name, names, out).map(TrendId::at)
}

pub(crate) fn stage(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<StageId> {
    let names = protocol.stages.iter().map(|it| it.name.as_str());
    find("stage", name, names, out).map(StageId::at)
}

pub(crate) fn rung(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<RungId> {
    let names = protocol.ladder.iter().map(|it| it.name.as_str());
    find("rung", name, names, out).map(RungId::at)
}

pub(crate) fn level(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<LevelId> {
    let set = protocol.sets.levels.and_then(|set| protocol.scope.set(set));
    let names = set.map_or(&[][..], |set| &set.names).iter().map(String::as_str);
    find("severity level", name, names, out).map(LevelId::at)
}

pub(crate) fn retention(
    protocol: &Protocol,
    name: &Name,
    out: &mut Diagnostics,
) -> Option<RetentionId> {
    let names = protocol.retention.iter().map(|it| it.name.as_str());
    find("retention", name, names, out).map(RetentionId::at)
}

pub(crate) fn role(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<RoleId> {
    let names = protocol.roles.iter().map(|it| it.name.as_str());
    find("role", name, names, out).map(RoleId::at)
}

pub(crate) fn party(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<Party> {
    let n_roles = protocol.roles.len();
    let names = protocol.roles.iter().map(|it| it.name.as_str());
    let names = names.chain(Party::built_in_names());
    let place = find("role", name, names, out)?;
    match place.checked_sub(n_roles) {
        None => Some(Party::Role(RoleId::at(place))),
        Some(built_in) => Party::BUILT_IN.get(built_in).map(|(_, party)| *party),
    }
}

/// Somebody who acts: `role` or `role:person`.
pub(crate) fn actor(protocol: &Protocol, written: Name, out: &mut Diagnostics) -> Option<String> {
    let (role, person) = match written.value.split_once(':') {
        Some((role, person)) => (role.to_owned(), Some(person.to_owned())),
        None => (written.value.clone(), None),
    };
    if person.is_some_and(|person| person.trim().is_empty()) {
        let problem = format!("`{}` names no person after the colon", written.value);
        out.push(rules::scenario_bad_value(
            problem,
            written.span,
            "write `role:person`, or `role`",
        ));
        return None;
    }
    party(protocol, &Spanned::new(role, written.span), out)?;
    Some(written.value)
}

/// What a refusal is called: a condition, a stop, a deadline that can be lengthened, or a fixed word.
pub(crate) fn refusal(protocol: &Protocol, written: Name, out: &mut Diagnostics) -> Option<Name> {
    let conditions = protocol.conditions.iter().map(|it| it.name.as_str());
    let lengthened = protocol.deadlines.iter().filter(|it| !it.extend.is_empty());
    let stops = protocol.stops.iter().map(|it| it.name.as_str());
    let lengthened = lengthened.map(|it| it.name.as_str());
    let names = conditions.chain(stops).chain(lengthened).chain(REFUSALS);
    if names.clone().any(|it| it == written.value) {
        return Some(written);
    }
    let help = match nearest(&written.value, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "name a condition, a stop, a deadline that the event would extend, or one of {}",
            listed(REFUSALS)
        ),
    };
    out.push(rules::scenario_unknown_name("refusal", &written.value, written.span, Some(help)));
    None
}

/// A point that time alone can bring about.
pub(crate) fn awaited(protocol: &Protocol, written: &Name, out: &mut Diagnostics) -> Option<Point> {
    let (kind, name) = written.value.split_once(':').unwrap_or((&written.value, ""));
    let name = Spanned::new(name.to_owned(), written.span);
    let window = |id: &DeadlineId| protocol.deadlines.get(id.index()).is_some_and(|it| it.window);
    match kind {
        "escalated" => Some(Point::Escalated),
        "reopened" => Some(Point::Reopened),
        "letter" => letter(protocol, &name, out).map(Point::Letter),
        "stage" => stage(protocol, &name, out).map(Point::Stage),
        "rung" => rung(protocol, &name, out).map(Point::Rung),
        "met" => deadline(protocol, &name, out).map(Point::Met),
        "breach" | "lapse" => {
            let id = deadline(protocol, &name, out)?;
            match (kind, window(&id)) {
                ("breach", false) => Some(Point::Breach(id)),
                ("lapse", true) => Some(Point::Lapse(id)),
                (_, is_window) => {
                    let (what, right) =
                        if is_window { ("a window", "lapse") } else { ("a duty", "breach") };
                    let problem = format!("`{}` is {what} and has no {kind}", name.value);
                    let help = format!("write `{right}:{}`", name.value);
                    out.push(rules::scenario_bad_value(problem, written.span, help));
                    None
                }
            }
        }
        _ => {
            let problem = format!("time alone does not bring about `{}`", written.value);
            let help = "`until` takes `breach:D`, `lapse:D`, `met:D`, `stage:S`, `rung:R`, \
                        `letter:L`, `stop:X:lapsed`, `escalated` or `reopened`";
            out.push(rules::scenario_bad_value(problem, written.span, help));
            None
        }
    }
}

/// A point that a correction may withdraw or bring to light.
pub(crate) fn corrected(
    protocol: &Protocol,
    written: &Name,
    out: &mut Diagnostics,
) -> Option<Point> {
    let kind = written.value.split(':').next().unwrap_or_default();
    if ["breach", "lapse", "met", "letter"].contains(&kind) {
        return awaited(protocol, written, out);
    }
    let problem = format!("no correction is expected of `{}`", written.value);
    let help = "write `breach:D`, `lapse:D`, `met:D` or `letter:L`";
    out.push(rules::scenario_bad_value(problem, written.span, help));
    None
}
