//! Who may do what.

use crate::machine::Machine;
use crate::model::{Barred, Doer, Party, RuleId};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::decide::work::{Work, party};
use crate::runtime::{Act, Actor, Case, Event, NoDecision, RefusalKind};

/// Refuses an event that is not this actor's to do or to enter.
pub(crate) fn may<R: Reasons>(work: &mut Work<'_, R>, event: &Event) -> Result<(), NoDecision> {
    let machine: &Machine = work.machine;
    let declared = &machine.protocol.events[event.kind.index()];
    if !is_one_of(work, &declared.by, event.actor) {
        return Err(work.refuse(RefusalKind::Role, declared.rule));
    }
    if let Some(entered_by) = event.entered_by
        && !is_one_of(work, &declared.entered_by, entered_by)
    {
        return Err(work.refuse(RefusalKind::EnteredBy, declared.rule));
    }
    if let Some(rule) = barred_by(work, event) {
        return Err(work.refuse(RefusalKind::Person, rule));
    }
    Ok(())
}

fn is_one_of<R>(work: &Work<'_, R>, doers: &[Doer], actor: Actor) -> bool {
    let meant = doers.iter().filter_map(|doer| party(&work.machine.protocol, work.case, *doer));
    meant.into_iter().any(|party| acts_as(work.machine, actor.party, party))
}

/// Whether somebody in one capacity may act in another: the same, or its deputy.
fn acts_as(machine: &Machine, actor: Party, meant: Party) -> bool {
    actor == meant
        || matches!((actor, meant), (Party::Role(actor), Party::Role(meant))
        if machine.protocol.roles[meant.index()].deputy == Some(actor))
}

/// The entry that bars this actor: the event's own `not_by`, and that of the rung for whoever
/// acts in the role of its handler, however the event names that role.
fn barred_by<R>(work: &Work<'_, R>, event: &Event) -> Option<RuleId> {
    let machine: &Machine = work.machine;
    let declared = &machine.protocol.events[event.kind.index()];
    let bars = |list: &[Barred]| list.iter().any(|it| bars(machine, work.case, *it, event.actor));
    if bars(&declared.not_by) {
        return Some(declared.rule);
    }
    let rung = machine.protocol.ladder.get(work.case.rung.index())?;
    let as_handler = acts_as(machine, event.actor.party, Party::Role(rung.handled_by));
    (as_handler && bars(&rung.not_by)).then_some(rung.rule)
}

fn bars(machine: &Machine, case: &Case, barred: Barred, actor: Actor) -> bool {
    match barred {
        Barred::Respondent => {
            actor.party == Party::Respondent
                || (actor.person.is_some() && actor.person == case.respondent)
        }
        Barred::Rung(rung) => {
            let handler = machine.protocol.ladder[rung.index()].handled_by;
            let handled =
                |act: &&Act| act.rung == rung && acts_as(machine, act.by, Party::Role(handler));
            case.acts.iter().filter(handled).any(|act| same(machine, act, actor))
        }
        Barred::Event(event) => {
            let did = case.acts.iter().filter(|act| act.event == event);
            did.into_iter().any(|act| same(machine, act, actor))
        }
    }
}

/// Whether somebody is, or may be, the one who acted before: the same person; where a person is
/// not known, somebody in the same role or in that of a deputy either way.
fn same(machine: &Machine, act: &Act, actor: Actor) -> bool {
    match (act.person, actor.person) {
        (Some(before), Some(now)) => before == now,
        _ => {
            let deputy = |a: Party, b: Party| acts_as(machine, a, b);
            act.by == actor.party || deputy(act.by, actor.party) || deputy(actor.party, act.by)
        }
    }
}
