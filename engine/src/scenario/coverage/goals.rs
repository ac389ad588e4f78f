//! All that the scenarios of a protocol can show.

use crate::machine::{Machine, Operation};
use crate::model::{
    Branch, Choose, Deadline, DeadlineId, Escalate, EventId, GuaranteeId, Lengthen, LetterId,
    Promise, Stage, To, Transitions, TrendId,
};
use crate::scenario::coverage::reach;
use crate::scenario::coverage::stops;
use crate::scenario::words;
use crate::scenario::{Limit, Seen};
use crate::script::Expr;
use crate::time::Allowance;

/// Under which heading a goal is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Branches of events and timed transitions.
    Transitions,
    /// Deadlines met, windows used.
    Met,
    /// Deadlines missed, windows that ran out unused.
    Missed,
    /// Conditions that held.
    True,
    /// Conditions that did not hold.
    False,
    /// Conditions, limits and the last rung standing against an event.
    Refusals,
    /// Guarantees begun, and kept.
    Guarantees,
    /// Trends raised, and clusters that stay one short.
    Trends,
    /// The lives of stops.
    Stops,
    /// Letters that were sent.
    Letters,
}

impl Aspect {
    /// All headings, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Transitions,
        Self::Met,
        Self::Missed,
        Self::True,
        Self::False,
        Self::Refusals,
        Self::Guarantees,
        Self::Trends,
        Self::Stops,
        Self::Letters,
    ];

    /// The heading: `deadlines met`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Transitions => "transitions",
            Self::Met => "deadlines met",
            Self::Missed => "deadlines missed",
            Self::True => "conditions true",
            Self::False => "conditions false",
            Self::Refusals => "refusals",
            Self::Guarantees => "guarantees",
            Self::Trends => "trends",
            Self::Stops => "stops",
            Self::Letters => "letters",
        }
    }
}

/// One thing that some scenario should show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its heading.
    pub aspect: Aspect,
    /// What shows it.
    pub seen: Seen,
    /// What it is: `answered → mediating on rejected`, `keep_promise missed`.
    pub words: String,
}

/// All goals of a protocol, in file order under each heading.
pub(crate) fn all(machine: &Machine) -> Vec<Goal> {
    let mut goals = Vec::new();
    transitions(machine, &mut goals);
    deadlines(machine, &mut goals);
    conditions(machine, &mut goals);
    refusals(machine, &mut goals);
    guarantees(machine, &mut goals);
    trends(machine, &mut goals);
    stops::goals(machine, &mut goals);
    letters(machine, &mut goals);
    goals.sort_by_key(|goal| goal.aspect);
    let mut known = std::collections::BTreeSet::new();
    goals.retain(|goal| known.insert((goal.aspect, goal.seen)));
    goals
}

fn transitions(machine: &Machine, goals: &mut Vec<Goal>) {
    let mut add = |branch: &Branch, words: String| {
        goals.push(Goal { aspect: Aspect::Transitions, seen: Seen::Taken(branch.rule), words });
    };
    for stage in &machine.protocol.stages {
        for transitions in &stage.on {
            let many = transitions.branches.len() > 1;
            for (number, branch) in (1u32..).zip(&transitions.branches) {
                let from = if transitions.anywhere { "anywhere" } else { &stage.name };
                let event = words::event(machine, transitions.event);
                let place = if many { format!(" ({number})") } else { String::new() };
                add(branch, format!("{from}{} on {event}{place}", target(machine, branch)));
            }
        }
        for after in &stage.after {
            let to = target(machine, &after.branch);
            add(&after.branch, format!("{}{to} after {}", stage.name, after.term));
        }
    }
}

/// Where a branch leads, with an arrow before; empty where the case stays.
fn target(machine: &Machine, branch: &Branch) -> String {
    let up = match branch.escalate {
        None => None,
        Some(Escalate::Up) => Some("the next rung"),
        Some(Escalate::To(rung)) => Some(words::rung(machine, rung)),
    };
    let to = match branch.to {
        To::Stage(stage) => Some(words::stage(machine, stage)),
        To::Unsaid | To::Same => None,
    };
    match (to, up) {
        (Some(to), Some(up)) => format!(" → {to}, {up}"),
        (Some(to), None) | (None, Some(to)) => format!(" → {to}"),
        (None, None) => String::new(),
    }
}

fn deadlines(machine: &Machine, goals: &mut Vec<Goal>) {
    for (place, deadline) in machine.protocol.deadlines.iter().enumerate() {
        let id = DeadlineId::at(place);
        let (met, missed) = match deadline.window {
            true => ("used", "lapsed"),
            false => ("met", "missed"),
        };
        let mut add = |aspect, seen, what| {
            goals.push(Goal { aspect, seen, words: format!("{} {what}", deadline.name) });
        };
        if !deadline.met_by.is_empty() {
            add(Aspect::Met, Seen::Met(id), met);
        }
        if can_run_out(deadline) {
            add(Aspect::Missed, Seen::Missed(id), missed);
        }
    }
}

/// A duty that is owed promptly is never missed, for it has no counted end.
fn can_run_out(deadline: &Deadline) -> bool {
    let promptly = |it: &Allowance| matches!(it, Allowance::Promptly);
    deadline.due.is_some() || !deadline.alternatives.iter().all(|it| promptly(&it.allowance))
}

fn conditions(machine: &Machine, goals: &mut Vec<Goal>) {
    let protocol = &machine.protocol;
    let mut add = |expr: &Expr, words: String| {
        for (aspect, holds) in [(Aspect::True, true), (Aspect::False, false)] {
            let words = format!("{words} {holds}");
            goals.push(Goal { aspect, seen: Seen::Held(expr.span, holds), words });
        }
    };
    for condition in &protocol.conditions {
        add(&condition.is, format!("conditions.{}", condition.name));
    }
    for stop in &protocol.stops {
        if let Some(when) = &stop.proposed_when {
            add(when, format!("{}.proposed", protocol.rule(stop.rule).path));
        }
    }
    for rule in protocol.severity.iter().flat_map(|it| &it.rules) {
        add(&rule.when, protocol.rule(rule.rule).path.clone());
    }
    for rung in &protocol.ladder {
        if let Some(when) = &rung.start_when {
            add(when, format!("{}.start_when", protocol.rule(rung.rule).path));
        }
    }
    for branch in protocol.stages.iter().flat_map(branches) {
        if let Some(when) = &branch.when {
            add(when, protocol.rule(branch.rule).path.clone());
        }
    }
    for deadline in &protocol.deadlines {
        conditions_of_clock(machine, deadline, &mut add);
    }
}

fn conditions_of_clock(
    machine: &Machine,
    deadline: &Deadline,
    add: &mut impl FnMut(&Expr, String),
) {
    let path = |rule| machine.protocol.rule(rule).path.clone();
    if let Some(when) = &deadline.when {
        add(when, format!("{}.when", path(deadline.rule)));
    }
    for met in &deadline.met_by {
        if let Some(when) = &met.when {
            add(when, format!("{}.met_by", path(deadline.rule)));
        }
    }
    for extension in &deadline.extend {
        if let Some(when) = &extension.when {
            add(when, path(extension.rule));
        }
    }
    if let Choose::First(list) = &deadline.choose {
        for (when, place) in list {
            let alternative = deadline.alternatives.get(usize::from(*place));
            if let (Some(when), Some(alternative)) = (when, alternative) {
                add(when, path(alternative.rule));
            }
        }
    }
}

fn branches(stage: &Stage) -> impl Iterator<Item = &Branch> {
    let of_events = stage.on.iter().flat_map(|it: &Transitions| &it.branches);
    of_events.chain(stage.after.iter().map(|it| &it.branch))
}

fn refusals(machine: &Machine, goals: &mut Vec<Goal>) {
    let protocol = &machine.protocol;
    let mut add = |seen, words| goals.push(Goal { aspect: Aspect::Refusals, seen, words });
    let of_events = protocol.events.iter().flat_map(|it| &it.requires);
    let of_branches = protocol.stages.iter().flat_map(branches).flat_map(|it| &it.requires);
    for id in of_events.chain(of_branches) {
        let name = protocol.conditions.get(id.index()).map_or("", |it| &it.name);
        add(Seen::Refused(*id), format!("refused by {name}"));
    }
    for deadline in &protocol.deadlines {
        for extension in &deadline.extend {
            let event = words::event(machine, extension.on);
            if let Some(times) = extension.times {
                let words = format!("{} extended more than {times} × by {event}", deadline.name);
                add(Seen::Limited(extension.rule, Limit::Times), words);
            }
            if let Lengthen::Until { up_to: Some(most), .. } = extension.lengthen {
                let words = format!("{} extended by more than {most} by {event}", deadline.name);
                add(Seen::Limited(extension.rule, Limit::UpTo), words);
            }
        }
    }
    for event in events_beyond_the_last_rung(machine) {
        let name = words::event(machine, event);
        add(Seen::LastRung(event), format!("{name} refused on the last rung"));
    }
}

/// What a run can show of the guarantees: that they asked for something, and that it was done.
/// Whatever else they say, no one run shows.
fn guarantees(machine: &Machine, goals: &mut Vec<Goal>) {
    for (place, guarantee) in machine.protocol.guarantees.iter().enumerate() {
        let id = GuaranteeId::at(place);
        let mut add = |seen, what| {
            let words = format!("{} {what}", guarantee.id);
            goals.push(Goal { aspect: Aspect::Guarantees, seen, words });
        };
        match guarantee.promise {
            Promise::Within { .. } | Promise::TooSoon { .. } => {
                add(Seen::Promised(id), "begun");
                add(Seen::Kept(id), "kept");
            }
            Promise::Before { .. } => add(Seen::Kept(id), "kept"),
            Promise::AtMost { times, .. } if times > 0 => add(Seen::Promised(id), "counted"),
            _ => {}
        }
    }
}

fn trends(machine: &Machine, goals: &mut Vec<Goal>) {
    for (place, trend) in machine.protocol.trends.iter().enumerate() {
        let id = TrendId::at(place);
        let mut add =
            |seen, words: String| goals.push(Goal { aspect: Aspect::Trends, seen, words });
        add(Seen::Raised(id), format!("{} raised", trend.name));
        if trend.count > 1 {
            add(Seen::OneShort(id), format!("{} not raised by one case less", trend.name));
        }
    }
}

/// The events that would go up where a case can be on the last rung.
fn events_beyond_the_last_rung(machine: &Machine) -> Vec<EventId> {
    let strings = machine.strings();
    let last = machine.protocol.ladder.len().checked_sub(1);
    let up = |it: &Operation| matches!(it, Operation::Raise(Escalate::Up, _));
    let mut found = Vec::new();
    for node in reach::nodes(machine) {
        if Some(node.rung.index()) != last {
            continue;
        }
        for event in (0..machine.protocol.events.len()).map(EventId::at) {
            let all = machine.moves(node.stage, event);
            let moves = reach::moves(machine, node, all, &strings);
            if moves.iter().any(|(_, it)| it.operations.iter().any(up)) {
                found.push(event);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn letters(machine: &Machine, goals: &mut Vec<Goal>) {
    for (place, letter) in machine.protocol.letters.iter().enumerate() {
        let seen = Seen::Sent(LetterId::at(place));
        let words = format!("letter {} sent", letter.name);
        goals.push(Goal { aspect: Aspect::Letters, seen, words });
    }
}
