//! Stops as text.

use crate::machine::Machine;
use crate::model::StopId;
use crate::scenario::writing::expect::{inline, when};
use crate::scenario::writing::value;
use crate::scenario::{Expect, StopBefore, StopExpect};

fn name(machine: &Machine, stop: StopId) -> &str {
    machine.protocol.stops.get(stop.index()).map_or("", |it| &it.name)
}

/// The stops imposed before, for `[complainant]`, or nothing.
pub(crate) fn before(machine: &Machine, stops: &[StopBefore]) -> Option<String> {
    let one = |it: &StopBefore| {
        let from = value::reported_at(&machine.protocol.zone, it.from)?;
        inline(vec![("stop", value::text(name(machine, it.stop))), ("from", from)])
    };
    let all: Vec<String> = stops.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| format!("stops = [{}]\n", all.join(", ")))
}

/// The stops expected to be in force.
pub(crate) fn in_force(machine: &Machine, expect: &Expect) -> Option<String> {
    let stops = expect.stops.as_ref()?;
    Some(value::names(stops.value.iter().map(|it| name(machine, *it))))
}

/// What is expected of stops.
pub(crate) fn expected(machine: &Machine, expect: &Expect) -> Option<String> {
    let each = expect.stop.iter();
    let each = each.map(|(stop, it)| {
        let inside = inline(pairs(machine, it)).unwrap_or_else(|| "{}".to_owned());
        (name(machine, *stop), inside)
    });
    inline(each.collect())
}

fn pairs<'a>(machine: &Machine, expect: &StopExpect) -> Vec<(&'a str, String)> {
    let stage = expect.stage.as_ref().map(|it| value::text(it.value.name()));
    let until = expect.until.as_ref().and_then(|it| when(machine, it.value));
    let missed = expect.missed.as_ref();
    let missed = missed.map(|it| value::names(it.value.iter().map(|clock| clock.name())));
    let mut pairs: Vec<(&str, Option<String>)> = vec![("stage", stage), ("until", until)];
    pairs.extend(expect.due.iter().map(|(clock, due)| (clock.name(), when(machine, due.value))));
    pairs.push(("missed", missed));
    pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}
