//! What a move does, in the order of a decision: fields, severity, placement, rung and stage,
//! letters, clocks, tellings.

use crate::machine::{Entry, Machine, Operation};
use crate::model::Variable;
use crate::model::{Escalate, FieldId, LevelId, Point, Policy, RuleId, RungId, StageId};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::clock::arm;
use crate::runtime::decide::clock::extend;
use crate::runtime::decide::clock::react;
use crate::runtime::decide::work::Work;
use crate::runtime::{EffectKind, FactKind, NoDecision};
use crate::script::{Value, VariableId};

/// Carries out a move to its end.
pub(crate) fn operations<R: Reasons>(
    work: &mut Work<'_, R>,
    operations: &[Operation],
    rule: RuleId,
) -> Result<(), NoDecision> {
    for operation in operations {
        match operation {
            Operation::Set(field, value) => set(work, *field, *value, rule),
            Operation::Compute(field, expr) => {
                let value = work.value(expr, rule)?;
                set(work, *field, value, rule);
            }
            _ => {}
        }
    }
    grade(work)?;
    place(work)?;
    let from = work.case.stage;
    move_case(work, operations, rule)?;
    for operation in operations {
        if let Operation::Send(letter) = operation {
            send(work, *letter, rule);
        }
    }
    if !work.extending.is_empty() {
        for (letter, rule) in extend::letters(work) {
            send(work, letter, rule);
        }
    }
    react::work_off(work, from)?;
    for operation in operations {
        if let Operation::Tell(doer) = operation {
            work.tell(*doer, rule);
        }
    }
    if !work.extending.is_empty() {
        for (doer, rule) in extend::tellings(work) {
            work.tell(doer, rule);
        }
    }
    Ok(())
}

/// Sets a field; a date field is a point.
pub(crate) fn set<R: Reasons>(work: &mut Work<'_, R>, field: FieldId, value: Value, rule: RuleId) {
    work.record(rule, FactKind::FieldSet { field, value });
    if matches!(value, Value::Date(_)) {
        work.points.push(Point::Date(field));
    }
}

/// Makes a letter due.
pub(crate) fn send<R: Reasons>(
    work: &mut Work<'_, R>,
    letter: crate::model::LetterId,
    rule: RuleId,
) {
    work.record(rule, FactKind::LetterDue { letter });
    work.cause(rule, EffectKind::Send(letter));
    work.points.push(Point::Letter(letter));
}

/// Computes the severity again where something it reads may have changed.
pub(crate) fn grade<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let Some(severity) = &machine.protocol.severity else { return Ok(()) };
    let stale = work.case.severity.is_none() || fields_changed(work, &machine.severity_reads);
    if !stale {
        return Ok(());
    }
    let mut found: Option<(LevelId, RuleId)> = None;
    for rule in &severity.rules {
        let higher = found.is_none_or(|(level, _)| rule.is > level);
        let asked = found.is_none() || (severity.policy == Policy::Highest && higher);
        if asked && work.holds(&rule.when, rule.rule)? {
            found = Some((rule.is, rule.rule));
        }
    }
    let (level, rule) = found.unwrap_or((severity.otherwise, severity.rule));
    let held = work.case.severity.filter(|old| !severity.may_fall && *old > level);
    let level = held.unwrap_or(level);
    if work.case.severity != Some(level) {
        work.record(rule, FactKind::SeverityChanged { level });
    }
    Ok(())
}

/// Places the case on the highest rung whose `start_when` holds, until it first goes up.
pub(crate) fn place<R: Reasons>(work: &mut Work<'_, R>) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    if work.case.escalated || machine.placement_reads.is_empty() {
        return Ok(());
    }
    let lowest = work.case.rung.index();
    for (at, rung) in machine.protocol.ladder.iter().enumerate().skip(lowest + 1).rev() {
        let Some(when) = &rung.start_when else { continue };
        if work.holds(when, rung.rule)? {
            work.record(rung.rule, FactKind::Placed { rung: RungId::at(at) });
            break;
        }
    }
    Ok(())
}

/// Whether this decision has set a field that one of these variables shows.
fn fields_changed<R>(work: &Work<'_, R>, reads: &[VariableId]) -> bool {
    let variables = &work.machine.protocol.variables;
    let shows = |id: &VariableId| variables.get(usize::from(id.0));
    work.facts.iter().rev().take_while(|fact| fact.at == work.at).any(|fact| match fact.kind {
        FactKind::FieldSet { field, .. } => {
            reads.iter().filter_map(shows).any(|it| *it == Variable::Field(field))
        }
        _ => false,
    }) || reads.iter().filter_map(shows).any(|it| !matches!(it, Variable::Field(_)))
}

fn move_case<R: Reasons>(
    work: &mut Work<'_, R>,
    operations: &[Operation],
    rule: RuleId,
) -> Result<(), NoDecision> {
    let mut entered: Option<StageId> = None;
    for operation in operations {
        match operation {
            Operation::Raise(escalate, entry) => {
                entered = raise(work, *escalate, *entry, rule).or(entered);
            }
            Operation::GoTo(stage) => entered = Some(*stage),
            _ => {}
        }
    }
    match entered {
        Some(stage) => enter(work, stage, rule),
        None => Ok(()),
    }
}

/// Goes up, if there is a higher rung; gives the stage that the rung enters.
fn raise<R: Reasons>(
    work: &mut Work<'_, R>,
    escalate: Escalate,
    entry: Entry,
    rule: RuleId,
) -> Option<StageId> {
    let ladder = &work.machine.protocol.ladder;
    let here = work.case.rung;
    let next = match escalate {
        Escalate::Up => RungId::at(here.index() + 1),
        Escalate::To(rung) if rung > here => rung,
        Escalate::To(_) => return None,
    };
    let Some(reached) = ladder.get(next.index()) else {
        // An event that would go beyond the last rung was refused before; this is a breach.
        work.record(rule, FactKind::EscalationExhausted);
        let accountable = work.machine.protocol.accountable;
        work.tell(crate::model::Doer::Party(crate::model::Party::Role(accountable)), rule);
        return None;
    };
    work.record(rule, FactKind::Escalated { rung: next });
    work.points.push(Point::Rung(next));
    work.points.push(Point::Escalated);
    match entry {
        Entry::AtRung => reached.enter_at,
        Entry::AsSaid => None,
    }
}

/// Enters a stage and sets its timers.
pub(crate) fn enter<R: Reasons>(
    work: &mut Work<'_, R>,
    stage: StageId,
    rule: RuleId,
) -> Result<(), NoDecision> {
    let ends = work.machine.protocol.stages[stage.index()].end;
    let reopens = work.case.closed && !ends;
    let closes = ends && !work.case.closed;
    work.record(rule, FactKind::StageEntered { stage });
    work.points.push(Point::Stage(stage));
    if reopens {
        work.record(rule, FactKind::Reopened);
        work.points.push(Point::Reopened);
    }
    if closes {
        work.record(rule, FactKind::Closed);
    }
    arm::timers(work, stage)
}
