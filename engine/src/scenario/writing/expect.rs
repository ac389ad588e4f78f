//! `expect` as text.

use crate::machine::Machine;
use crate::model::Point;
use crate::scenario::words;
use crate::scenario::writing::stops;
use crate::scenario::writing::value;
use crate::scenario::{ClockName, Due, Expect, ReadAt, When};
use crate::text::Spanned;

/// The pairs of `expect`, in the order of the reference: key and value.
pub(crate) fn pairs(machine: &Machine, expect: &Expect) -> Vec<(&'static str, String)> {
    let clock = |it: &ClockName| words::clock_name(machine, it);
    let one = |name: &str| value::text(name);
    let clocks = |names: &mut dyn Iterator<Item = &ClockName>| {
        let names: Vec<String> = names.map(clock).collect();
        value::names(names.iter().map(String::as_str))
    };
    let all = |list: &Option<Spanned<Vec<ClockName>>>| {
        list.as_ref().map(|it| clocks(&mut it.value.iter()))
    };
    let some = |names: Vec<&str>| (!names.is_empty()).then(|| value::names(names));
    let letters = expect.letters.as_ref();
    let letters =
        letters.map(|it| value::names(it.value.iter().map(|id| words::letter(machine, *id))));
    let told = expect.told.as_ref();
    let told = told.map(|it| value::names(it.value.iter().map(|who| words::party(machine, *who))));
    let trends = expect.trends.as_ref();
    let trends =
        trends.map(|it| value::names(it.value.iter().map(|id| words::trend(machine, *id))));
    let broken = expect.broken.as_ref();
    let broken =
        broken.map(|it| value::names(it.value.iter().map(|id| words::guarantee(machine, *id))));
    let allowed = expect.allowed.iter().map(|it| words::event(machine, it.value)).collect();
    let running = clocks(&mut expect.running.iter().map(|it| &it.value));
    let running = (!expect.running.is_empty()).then_some(running);
    let pairs = [
        ("refused", expect.refused.as_ref().map(|it| one(&it.value))),
        ("stage", expect.stage.as_ref().map(|it| one(words::stage(machine, it.value)))),
        ("rung", expect.rung.as_ref().map(|it| one(words::rung(machine, it.value)))),
        ("severity", expect.severity.as_ref().map(|it| one(machine.level_name(it.value)))),
        ("now", expect.now.as_ref().and_then(|it| when(machine, it.value))),
        ("met", all(&expect.met)),
        ("breached", all(&expect.breached)),
        ("broken", broken),
        ("lapsed", all(&expect.lapsed)),
        ("warned", all(&expect.warned)),
        ("letters", letters),
        ("told", told),
        ("trends", trends),
        ("due", due(machine, expect)),
        ("fields", fields(machine, expect)),
        ("entries", entries(machine, expect)),
        ("erasable", erasable(machine, expect)),
        ("hidden_from", hidden(machine, expect)),
        ("allowed", some(allowed)),
        ("running", running),
        ("withdrawn", points(machine, expect.withdrawn.as_ref())),
        ("discovered", points(machine, expect.discovered.as_ref())),
        ("known_at", expect.known_at.as_ref().and_then(|it| past(machine, it))),
        ("true_at", expect.true_at.as_ref().and_then(|it| past(machine, it))),
        ("stops", stops::in_force(machine, expect)),
        ("stop", stops::expected(machine, expect)),
    ];
    pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn points(machine: &Machine, list: Option<&Spanned<Vec<Point>>>) -> Option<String> {
    let names = list?.value.iter().map(|it| machine.protocol.point_name(*it));
    let names: Vec<String> = names.collect();
    Some(value::names(names.iter().map(String::as_str)))
}

fn past(machine: &Machine, past: &ReadAt) -> Option<String> {
    let at = value::instant(&machine.protocol.zone, past.at.value)?;
    inline([("at", at)].into_iter().chain(pairs(machine, &past.expect)).collect())
}

pub(crate) fn when(machine: &Machine, when: When) -> Option<String> {
    match when {
        When::At(at) => value::instant(&machine.protocol.zone, at),
        When::On(on) => Some(on.to_string()),
    }
}

fn due(machine: &Machine, expect: &Expect) -> Option<String> {
    let each = expect.due.iter().filter_map(|(id, due)| {
        let due = match due.value {
            Due::When(at) => when(machine, at)?,
            Due::Paused => value::text("paused"),
        };
        let name = words::clock_name(machine, id);
        let name = if id.entry.is_some() { value::text(&name) } else { name };
        Some((name, due))
    });
    let each: Vec<(String, String)> = each.collect();
    inline(each.iter().map(|(name, due)| (name.as_str(), due.clone())).collect())
}

fn entries(machine: &Machine, expect: &Expect) -> Option<String> {
    let each = expect.entries.iter();
    inline(each.map(|(id, n)| (words::record(machine, *id), n.value.to_string())).collect())
}

fn erasable(machine: &Machine, expect: &Expect) -> Option<String> {
    let entries = &machine.protocol.retention;
    let each = expect.erasable.iter().filter_map(|(id, date)| {
        let date = date.value.map_or_else(|| value::text("no"), |it| it.to_string());
        Some((entries.get(id.index())?.name.as_str(), date))
    });
    inline(each.collect())
}

fn hidden(machine: &Machine, expect: &Expect) -> Option<String> {
    let each = expect.hidden_from.iter().map(|(party, hidden)| {
        let names = hidden.value.iter().map(|it| machine.protocol.readable_name(*it));
        let names: Vec<String> = names.collect();
        (words::party(machine, *party), value::names(names.iter().map(String::as_str)))
    });
    inline(each.collect())
}

fn fields(machine: &Machine, expect: &Expect) -> Option<String> {
    let each = expect.fields.iter();
    inline(
        each.map(|(id, given)| (words::field(machine, *id), value::given(&given.value))).collect(),
    )
}

/// `{ a = 1, b = 2 }`, or nothing where there is nothing to say.
pub(crate) fn inline(pairs: Vec<(&str, String)>) -> Option<String> {
    let pairs: Vec<String> =
        pairs.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
}
