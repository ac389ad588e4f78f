//! A whole scenario as text.

use crate::machine::Machine;
use crate::runtime::Given;
use crate::scenario::words;
use crate::scenario::writing::expect::{inline, pairs};
use crate::scenario::writing::value;
use crate::scenario::{Act, Movement, Scenario, Step};

/// The pairs of one table: key and value.
type Pairs = Vec<(&'static str, String)>;

/// The text of a scenario, as TOML 1.0: read again against the same machine it is the same
/// scenario, but for the places in the file and the texts of personal fields, which no scenario
/// keeps. An instant outside the years 0 to 9999 cannot be written and is left out.
#[must_use]
pub fn write(machine: &Machine, scenario: &Scenario) -> String {
    let mut out = format!("title = {}\n", value::text(&scenario.title));
    for step in &scenario.steps {
        let header = if step.number == 0 { "[opened]" } else { "[[step]]" };
        table(header, &step_pairs(machine, step), &mut out);
    }
    for step in scenario.steps.iter().filter(|it| is_through(it)) {
        for act in &step.acts {
            given(machine, scenario, act, &mut out);
        }
    }
    out
}

fn table(header: &str, pairs: &[(&str, String)], out: &mut String) {
    let width = pairs.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    out.push_str(&format!("\n{header}\n"));
    for (key, value) in pairs {
        out.push_str(&format!("{key:<width$} = {value}\n"));
    }
}

/// Whether a step takes its events by `through`: their ids have two numbers.
fn is_through(step: &Step) -> bool {
    step.acts.iter().any(|act| act.id.contains('.'))
}

fn step_pairs(machine: &Machine, step: &Step) -> Pairs {
    let mut out = movement(machine, step.movement);
    if is_through(step) {
        let names = step.acts.iter().map(|act| words::event(machine, act.event));
        out.push(("through", value::names(names)));
        if let Some(act) = step.acts.first() {
            out.extend(maybe("channel", act.channel.as_deref()));
            out.extend(maybe("reason", act.reason.as_deref()));
        }
    } else if let Some(act) = step.acts.first() {
        out.extend(act_pairs(machine, step, act));
    }
    if let Some(expected) = inline(pairs(machine, &step.expect)) {
        out.push(("expect", expected));
    }
    out
}

fn movement(machine: &Machine, movement: Movement) -> Pairs {
    let zone = &machine.protocol.zone;
    let at = |at| value::reported_at(zone, at).map(|at| ("at", at));
    match movement {
        Movement::Stay => Pairs::new(),
        Movement::At(it) => at(it).into_iter().collect(),
        Movement::RecordedAt(it, recorded) => {
            let recorded = value::instant(zone, recorded).map(|it| ("recorded_at", it));
            at(it).into_iter().chain(recorded).collect()
        }
        Movement::Wait(term) => vec![("wait", value::text(&term.to_string()))],
        Movement::Until(point) => vec![("until", value::text(&machine.protocol.point_name(point)))],
    }
}

fn act_pairs(machine: &Machine, step: &Step, act: &Act) -> Pairs {
    let mut out = Pairs::new();
    let data = data(&act.data);
    if step.number > 0 {
        out.push(("event", value::text(words::event(machine, act.event))));
    }
    out.extend(maybe("by", act.by.as_deref()));
    out.extend(maybe("entered_by", act.entered_by.as_deref()));
    out.extend(maybe("channel", act.channel.as_deref()));
    out.extend(maybe("reason", act.reason.as_deref()));
    out.extend(maybe("complainant", act.complainant.as_deref()));
    out.extend(maybe("respondent", act.respondent.as_deref()));
    let key = if step.number == 0 { "fields" } else { "with" };
    out.extend(data.map(|data| (key, data)));
    out
}

fn maybe(key: &'static str, text: Option<&str>) -> Option<(&'static str, String)> {
    text.map(|text| (key, value::text(text)))
}

fn data(data: &[(String, Given)]) -> Option<String> {
    inline(data.iter().map(|(name, given)| (name.as_str(), value::given(given))).collect())
}

/// The entry of `[given]` for one event of `through`. An event of which nothing is ever given and
/// that need not bring anything has none.
fn given(machine: &Machine, scenario: &Scenario, act: &Act, out: &mut String) {
    let declared = machine.protocol.events.get(act.event.index());
    let needs = declared.is_some_and(|it| it.carries.iter().any(|it| it.required));
    let through = scenario.steps.iter().filter(|it| is_through(it)).flat_map(|it| &it.acts);
    let mut same = through.filter(|it| it.event == act.event);
    if !needs && same.all(|it| it.data.is_empty()) {
        return;
    }
    out.push_str(&format!("\n[[given.{}]]\n", words::event(machine, act.event)));
    for (name, given) in &act.data {
        out.push_str(&format!("{name} = {}\n", value::given(given)));
    }
}
