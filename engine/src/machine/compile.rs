//! From what is meant to tables. Every order is file order.

use crate::machine::Entry;
use crate::machine::Graph;
use crate::machine::LookedAfter;
use crate::machine::Machine;
use crate::machine::Move;
use crate::machine::Operation;
use crate::machine::Phase;
use crate::machine::PointIndex;
use crate::machine::Reaction;
use crate::machine::Trigger;
use crate::machine::stop;
use crate::machine::texts;
use crate::machine::watched;
use crate::model::{
    Branch, Choose, Deadline, DeadlineId, EventId, Field, Outcome, Point, Preset, Protocol, SetTo,
    Setting, Stage, StageId, To,
};
use crate::script;
use crate::script::Expr;
use crate::script::Value;
use crate::script::VariableId;
use crate::text::{Strings, sha256};
use crate::time::Calendar;

/// Puts the machine together. Cannot fail: the checker did the work.
pub(crate) fn machine(protocol: Protocol, graph: Graph) -> Machine {
    let mut strings = Strings::default();
    texts::intern(&protocol, &mut strings);
    let stages = || protocol.stages.iter().enumerate().map(|(at, stage)| (StageId::at(at), stage));
    Machine {
        events: stages().map(|(id, stage)| events(&protocol, id, stage, &mut strings)).collect(),
        afters: stages().map(|(id, stage)| afters(id, stage, &mut strings)).collect(),
        expiries: deadlines(&protocol).map(|(id, deadline)| expiry(id, deadline)).collect(),
        points: PointIndex::new(&protocol),
        reactions: reactions(&protocol),
        watched: watched::watched(&protocol),
        extensions: extensions(&protocol),
        pausing: stages().map(|(_, stage)| pausing(stage)).collect(),
        looked_after: looked_after(&protocol),
        defaults: defaults(protocol.fields.iter(), &mut strings),
        entry_defaults: entry_defaults(&protocol, &mut strings),
        severity_reads: severity_reads(&protocol),
        placement_reads: reads(protocol.ladder.iter().filter_map(|rung| rung.start_when.as_ref())),
        ranks: ranks(&protocol),
        keeps_actors: keeps_actors(&protocol),
        calendar_versions: protocol.calendars.iter().map(calendar_version).collect(),
        stops: stops(&protocol),
        amendments: Vec::new(),
        strings: strings.into(),
        graph,
        protocol,
    }
}

fn stops(protocol: &Protocol) -> Vec<Machine> {
    let stops = protocol.stops.iter();
    stops.map(|it| Machine::from_model(stop::protocol(protocol, it))).collect()
}

fn calendar_version(calendar: &Calendar) -> String {
    format!("{}@{}", calendar.id(), sha256(calendar.describe().as_bytes()))
}

fn deadlines(protocol: &Protocol) -> impl Iterator<Item = (DeadlineId, &Deadline)> {
    protocol.deadlines.iter().enumerate().map(|(at, deadline)| (DeadlineId::at(at), deadline))
}

fn events(
    protocol: &Protocol,
    id: StageId,
    stage: &Stage,
    strings: &mut Strings,
) -> Vec<Box<[Move]>> {
    let mut by_event: Vec<Box<[Move]>> = vec![Box::default(); protocol.events.len()];
    for transitions in &stage.on {
        let trigger = Trigger::Event(id, transitions.event);
        let moves = transitions.branches.iter().map(|it| branch(trigger, it, strings)).collect();
        if let Some(slot) = by_event.get_mut(transitions.event.index()) {
            *slot = moves;
        }
    }
    by_event
}

fn afters(id: StageId, stage: &Stage, strings: &mut Strings) -> Box<[Move]> {
    let after = stage.after.iter().zip(0u16..);
    after.map(|(it, place)| branch(Trigger::After(id, place), &it.branch, strings)).collect()
}

fn branch(trigger: Trigger, branch: &Branch, strings: &mut Strings) -> Move {
    let mut operations: Vec<Operation> =
        branch.set.iter().map(|setting| set(setting, strings)).collect();
    if let Some(escalate) = branch.escalate {
        operations.push(Operation::Raise(escalate, entry(branch.to)));
    }
    if let To::Stage(stage) = branch.to {
        operations.push(Operation::GoTo(stage));
    }
    operations.extend(branch.sends.iter().map(|letter| Operation::Send(*letter)));
    operations.extend(branch.tells.iter().map(|doer| Operation::Tell(*doer)));
    Move {
        trigger,
        guard: branch.when.clone(),
        requires: branch.requires.clone().into(),
        operations: operations.into(),
        rule: branch.rule,
    }
}

fn set(setting: &Setting, strings: &mut Strings) -> Operation {
    match &setting.to {
        SetTo::Preset(preset) => Operation::Set(setting.field, value(preset, strings)),
        SetTo::Computed(expr) => Operation::Compute(setting.field, expr.clone()),
    }
}

fn value(preset: &Preset, strings: &mut Strings) -> Value {
    match preset {
        Preset::Value(value) => *value,
        Preset::Text(text) => Value::Text(strings.intern(text)),
    }
}

const fn entry(to: To) -> Entry {
    match to {
        To::Unsaid => Entry::AtRung,
        To::Same | To::Stage(_) => Entry::AsSaid,
    }
}

fn expiry(id: DeadlineId, deadline: &Deadline) -> Move {
    let Outcome { tells, sends, to, escalate, rule } = &deadline.outcome;
    let mut operations = Vec::new();
    if let Some(escalate) = escalate {
        operations.push(Operation::Raise(*escalate, entry(*to)));
    }
    if let To::Stage(stage) = to {
        operations.push(Operation::GoTo(*stage));
    }
    operations.extend(sends.iter().map(|letter| Operation::Send(*letter)));
    operations.extend(tells.iter().map(|doer| Operation::Tell(*doer)));
    Move {
        trigger: Trigger::Expiry(id),
        guard: None,
        requires: Box::default(),
        operations: operations.into(),
        rule: *rule,
    }
}

fn reactions(protocol: &Protocol) -> Vec<Box<[Reaction]>> {
    let points = PointIndex::new(protocol);
    let mut lists: Vec<Vec<Reaction>> = vec![Vec::new(); points.len()];
    for (id, deadline) in deadlines(protocol) {
        let mut add = |point: Point, phase, operation, guard: Option<&Expr>| {
            let reaction = Reaction {
                phase,
                deadline: id,
                guard: guard.cloned(),
                operation,
                rule: deadline.rule,
            };
            lists[points.of(point)].push(reaction);
        };
        for met in &deadline.met_by {
            add(met.on, Phase::Met, Operation::Meet(id), met.when.as_ref());
        }
        let ends = deadline.every.iter().flat_map(|every| &every.until);
        for point in deadline.cancelled_by.iter().chain(ends) {
            add(*point, Phase::Cancelled, Operation::Cancel(id), None);
        }
        for point in &deadline.restarts {
            add(*point, Phase::Restarted, Operation::Restart(id), None);
        }
        for point in &deadline.starts {
            add(*point, Phase::Started, Operation::Arm(id), None);
        }
    }
    lists.into_iter().map(Vec::into_boxed_slice).collect()
}

fn extensions(protocol: &Protocol) -> Vec<Box<[(DeadlineId, u16)]>> {
    let of = |event: EventId| {
        let places = deadlines(protocol).flat_map(|(id, deadline)| {
            deadline.extend.iter().zip(0u16..).map(move |(extension, place)| (id, extension, place))
        });
        places.filter(|(_, it, _)| it.on == event).map(|(id, _, place)| (id, place)).collect()
    };
    (0..protocol.events.len()).map(|at| of(EventId::at(at))).collect()
}

fn pausing(stage: &Stage) -> Box<[(DeadlineId, u16)]> {
    let mut found: Vec<(DeadlineId, u16)> =
        stage.pauses.iter().zip(0u16..).map(|(it, place)| (it.deadline, place)).collect();
    found.sort_unstable();
    found.into()
}

fn looked_after(protocol: &Protocol) -> LookedAfter {
    let those = |chosen: fn(&Deadline) -> bool| {
        deadlines(protocol).filter(|(_, it)| chosen(it)).map(|(id, _)| id).collect()
    };
    LookedAfter {
        conditional: those(|it| it.when.is_some()),
        variable: those(|it| it.choose != Choose::Only || it.due.is_some()),
        pauses: protocol.stages.iter().any(|stage| !stage.pauses.is_empty()),
    }
}

fn defaults<'f>(fields: impl Iterator<Item = &'f Field>, strings: &mut Strings) -> Vec<Value> {
    let default = |field: &Field| {
        field.default.as_ref().map_or(Value::Unset, |preset| value(preset, strings))
    };
    fields.map(default).collect()
}

fn entry_defaults(protocol: &Protocol, strings: &mut Strings) -> Vec<Vec<Value>> {
    let records = protocol.records.iter();
    records.map(|it| defaults(it.fields.iter().map(|it| &it.field), strings)).collect()
}

fn severity_reads(protocol: &Protocol) -> Vec<VariableId> {
    let rules = protocol.severity.iter().flat_map(|severity| &severity.rules);
    reads(rules.map(|rule| &rule.when))
}

fn reads<'a>(exprs: impl Iterator<Item = &'a Expr>) -> Vec<VariableId> {
    let mut all: Vec<VariableId> = exprs.flat_map(script::reads).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn ranks(protocol: &Protocol) -> Vec<u32> {
    let mut order: Vec<usize> = (0..protocol.rules.len()).collect();
    order.sort_by_key(|at| (protocol.rules[*at].span, *at));
    let mut ranks = vec![0; order.len()];
    for (rank, at) in (0u32..).zip(order) {
        ranks[at] = rank;
    }
    ranks
}

fn keeps_actors(protocol: &Protocol) -> bool {
    let rungs = protocol.ladder.iter().any(|rung| !rung.not_by.is_empty());
    rungs || protocol.events.iter().any(|event| !event.not_by.is_empty())
}
