//! A course as a table.

use engine::machine::Machine;
use engine::runtime::{Case, Clock, PromiseState, apply};
use engine::scenario::fact_words;
use engine::time::{Instant, spoken};

use crate::confirm::replay::decided;
use crate::confirm::telling::act::actor;
use crate::verdict::Course;

/// A row: an event, or an instant at which time acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When.
    pub at: Instant,
    /// The same in the zone of the protocol: "Wed 24 Dec 2025 10:00".
    pub when: String,
    /// The event that was reported; nothing where time acted.
    pub event: Option<String>,
    /// Whose act it was, with the person where one is named.
    pub by: Option<String>,
    /// What followed, a fragment each.
    pub follows: Vec<String>,
    /// What is due then and when, the earliest first: "answer: Fri 2 Jan 2026 23:59:59.999".
    pub due: Vec<String>,
}

/// The rows of a course, in order of time.
#[must_use]
pub fn rows(machine: &Machine, course: &Course) -> Vec<Row> {
    let strings = &course.strings;
    let facts = decided(machine, course).unwrap_or_default();
    let mut case = Case::new(machine);
    let mut rows = Vec::new();
    for group in facts.chunk_by(|a, b| (a.at, a.cause) == (b.at, b.cause)) {
        let Some(first) = group.first() else { continue };
        group.iter().for_each(|it| apply(&mut case, it));
        let event = course.events.iter().find(|it| Some(it.id) == first.cause);
        let declared = event.and_then(|it| machine.protocol.events.get(it.kind.index()));
        let words = group.iter().filter_map(|it| fact_words(machine, strings, &case, it));
        rows.push(Row {
            at: first.at,
            when: spoken(&machine.protocol.zone, first.at),
            event: declared.map(|it| it.name.clone()),
            by: event.map(|it| actor(machine, strings, it.actor, " ")),
            follows: words.collect(),
            due: due(machine, &case),
        });
    }
    rows
}

/// What is due, in order of time: deadlines, and guarantees that end by themselves.
fn due(machine: &Machine, case: &Case) -> Vec<String> {
    let protocol = &machine.protocol;
    let deadline =
        |it: &Clock| Some((it.times.due?, &protocol.deadlines.get(it.id.deadline.index())?.name));
    let clocks = case.clocks.iter().filter(|it| it.is_running()).filter_map(deadline);
    let open = case.promises.iter().filter(|it| it.state == PromiseState::Open);
    let promised =
        open.filter_map(|it| Some((it.due?, &protocol.guarantees.get(it.guarantee.index())?.id)));
    let mut dated: Vec<(Instant, &String)> = clocks.chain(promised).collect();
    dated.sort_by_key(|(at, _)| *at);
    let line = |(at, name)| format!("{name}: {}", spoken(&protocol.zone, at));
    dated.into_iter().map(line).collect()
}
