//! `expect` as text.

use crate::machine::Machine;
use crate::model::DeadlineId;
use crate::scenario::words;
use crate::scenario::writing::value;
use crate::scenario::{Due, Expect, When};
use crate::text::Spanned;

/// The pairs of `expect`, in the order of the reference: key and value.
pub(crate) fn pairs(machine: &Machine, expect: &Expect) -> Vec<(&'static str, String)> {
    let deadline = |id: &DeadlineId| words::deadline(machine, *id);
    let one = |name: &str| value::text(name);
    let all = |list: &Option<Spanned<Vec<DeadlineId>>>| {
        list.as_ref().map(|it| value::names(it.value.iter().map(deadline)))
    };
    let some = |names: Vec<&str>| (!names.is_empty()).then(|| value::names(names));
    let letters = expect.letters.as_ref();
    let letters =
        letters.map(|it| value::names(it.value.iter().map(|id| words::letter(machine, *id))));
    let told = expect.told.as_ref();
    let told = told.map(|it| value::names(it.value.iter().map(|who| words::party(machine, *who))));
    let allowed = expect.allowed.iter().map(|it| words::event(machine, it.value)).collect();
    let running = expect.running.iter().map(|it| words::deadline(machine, it.value)).collect();
    let pairs = [
        ("refused", expect.refused.as_ref().map(|it| one(&it.value))),
        ("stage", expect.stage.as_ref().map(|it| one(words::stage(machine, it.value)))),
        ("rung", expect.rung.as_ref().map(|it| one(words::rung(machine, it.value)))),
        ("severity", expect.severity.as_ref().map(|it| one(machine.level_name(it.value)))),
        ("now", expect.now.as_ref().and_then(|it| when(machine, it.value))),
        ("met", all(&expect.met)),
        ("breached", all(&expect.breached)),
        ("lapsed", all(&expect.lapsed)),
        ("warned", all(&expect.warned)),
        ("letters", letters),
        ("told", told),
        ("due", due(machine, expect)),
        ("fields", fields(machine, expect)),
        ("allowed", some(allowed)),
        ("running", some(running)),
    ];
    pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn when(machine: &Machine, when: When) -> Option<String> {
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
        Some((words::deadline(machine, *id), due))
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
