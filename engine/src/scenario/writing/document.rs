//! A whole scenario as text.

use crate::machine::Machine;
use crate::runtime::{CaseKey, Given};
use crate::scenario::words;
use crate::scenario::writing::expect::{inline, pairs};
use crate::scenario::writing::stops;
use crate::scenario::writing::value;
use crate::scenario::{Act, Movement, Scenario, Step};

/// The pairs of one table: key and value.
type Pairs = Vec<(&'static str, String)>;

/// The text of a scenario, as TOML 1.0: read again against the same machine it is the same
/// scenario, but for the places in the file and the texts of personal fields, which are not
/// written. An instant outside the years 0 to 9999 cannot be written and is left out.
#[must_use]
pub fn write(machine: &Machine, scenario: &Scenario) -> String {
    let mut out = format!("title = {}\n", value::text(&scenario.title));
    let (opened, later): (Vec<&Step>, _) = scenario.steps.iter().partition(|it| it.number == 0);
    for step in opened {
        table("[opened]", &step_pairs(machine, step), &mut out);
    }
    let before = stops::before(machine, &scenario.stops);
    if before.is_some() || !scenario.history.is_empty() {
        out.push_str("\n[complainant]\n");
    }
    out.extend(before);
    if !scenario.history.is_empty() {
        out.push_str("history = [\n");
        for it in &scenario.history {
            let opened = value::instant(&machine.protocol.zone, it.opened);
            let fields = it.fields.iter();
            let fields = fields.map(|(id, it)| (words::field(machine, *id), value::given(it)));
            let pairs = opened.map(|at| ("opened", at)).into_iter().chain(fields).collect();
            out.extend(inline(pairs).map(|text| format!("  {text},\n")));
        }
        out.push_str("]\n");
    }
    // Cases without a name are called by their places in the file.
    let mut openings: Vec<&Step> = scenario.openings.iter().collect();
    openings.sort_by_key(|it| it.case);
    for step in openings {
        let mut pairs = step_pairs(machine, step);
        let name = name(scenario, step);
        let default = format!("case {}", step.case.index().saturating_add(1));
        if name != default {
            pairs.insert(0, ("name", value::text(name)));
        }
        table("[[case]]", &pairs, &mut out);
    }
    for step in later {
        let mut pairs = step_pairs(machine, step);
        if step.case != CaseKey::FIRST {
            pairs.insert(0, ("case", value::text(name(scenario, step))));
        }
        table("[[step]]", &pairs, &mut out);
    }
    for step in scenario.steps.iter().filter(|it| is_through(it)) {
        for act in &step.acts {
            given(machine, scenario, act, &mut out);
        }
    }
    out
}

/// The name of the case that a step is about.
fn name<'a>(scenario: &'a Scenario, step: &Step) -> &'a str {
    scenario.cases.get(step.case.index()).map_or("", |it| it)
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
    let mut out: Pairs = away(machine, step).into_iter().collect();
    out.extend(movement(machine, step.movement));
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

fn away(machine: &Machine, step: &Step) -> Option<(&'static str, String)> {
    let roles = &machine.protocol.roles;
    let names = step.away.as_ref()?.iter().filter_map(|it| roles.get(it.index()));
    Some(("away", value::names(names.map(|it| it.name.as_str()))))
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
        Movement::UntilStop(stop, point) => {
            let name = machine.protocol.stops.get(stop.index()).map_or("", |it| &it.name);
            vec![("until", value::text(&format!("stop:{name}:{}", point.name())))]
        }
        Movement::Until(point) => vec![("until", value::text(&machine.protocol.point_name(point)))],
    }
}

fn act_pairs(machine: &Machine, step: &Step, act: &Act) -> Pairs {
    let mut out = Pairs::new();
    let data = data(&act.data);
    if step.number > 0 {
        let stop = act.stop.and_then(|it| machine.protocol.stops.get(it.index()));
        let own = act.stop.and_then(|it| machine.stop(it)).unwrap_or(machine);
        out.push(("event", value::text(words::event(own, act.event))));
        out.extend(maybe("stop", stop.map(|it| it.name.as_str())));
    }
    out.extend(maybe("entry", act.entry.as_deref()));
    out.extend(maybe("by", act.by.as_deref()));
    out.extend(maybe("entered_by", act.entered_by.as_deref()));
    out.extend(maybe("channel", act.channel.as_deref()));
    out.extend(maybe("reason", act.reason.as_deref()));
    out.extend(maybe("complainant", act.complainant.as_deref()));
    out.extend(maybe("respondent", act.respondent.as_deref()));
    out.extend(maybe("intake", act.intake.as_deref()));
    out.extend(maybe("other", act.case.as_deref()));
    out.extend(maybe("letter", act.letter.as_deref()));
    if let Some(revision) = &act.revision {
        out.push(("of", value::text(&revision.of)));
        let happened_at = revision.happened_at;
        let happened_at = happened_at.and_then(|it| value::reported_at(&machine.protocol.zone, it));
        out.extend(happened_at.map(|at| ("happened_at", at)));
        out.extend(revision.struck.then(|| ("struck", "true".to_owned())));
    }
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
    let needs =
        declared.is_some_and(|it| it.carries.iter().any(|it| it.required) || it.of.is_some());
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
