//! Names in a scenario, looked up in the protocol.

use crate::diagnostic::{Diagnostics, listed, nearest, nearest_or_listed};
use crate::model::{
    ChannelId, DeadlineId, EventId, FieldId, LetterId, LevelId, Party, Point, Protocol, RoleId,
    RungId, StageId,
};
use crate::scenario::rules;
use crate::text::Spanned;

/// The words that a refusal may have for a name besides conditions and deadlines.
pub(crate) const REFUSALS: [&str; 10] = [
    "role",
    "person",
    "channel",
    "data",
    "reason",
    "stage",
    "effective",
    "last-rung",
    "future",
    "backdate",
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

pub(crate) fn letter(protocol: &Protocol, name: &Name, out: &mut Diagnostics) -> Option<LetterId> {
    let names = protocol.letters.iter().map(|it| it.name.as_str());
    find("letter", name, names, out).map(LetterId::at)
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

/// What a refusal is called: a condition, a deadline that can be lengthened, or a fixed word.
pub(crate) fn refusal(protocol: &Protocol, written: Name, out: &mut Diagnostics) -> Option<Name> {
    let conditions = protocol.conditions.iter().map(|it| it.name.as_str());
    let lengthened = protocol.deadlines.iter().filter(|it| !it.extend.is_empty());
    let names = conditions.chain(lengthened.map(|it| it.name.as_str())).chain(REFUSALS);
    if names.clone().any(|it| it == written.value) {
        return Some(written);
    }
    let help = match nearest(&written.value, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "name a condition, a deadline that the event would extend, or one of {}",
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
                        `letter:L`, `escalated` or `reopened`";
            out.push(rules::scenario_bad_value(problem, written.span, help));
            None
        }
    }
}
