//! What a verdict rests on that is not known exactly.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{DeadlineId, Lengthen, Period, Point, RuleId};

use crate::bases::Bases;
use crate::prove::lengthens::lengthens;
use crate::steps::Steps;
use crate::verdict::Because;

/// What keeps a proof from being one: what the steps leave out.
pub(crate) fn left_out(steps: &Steps<'_>, bases: &Bases<'_>) -> Vec<Because> {
    let machine = steps.machine();
    let faults = steps.faults().iter().map(|it| Because::Condition(*it));
    let each = steps.matters().deadlines(machine).filter_map(|(_, it)| it.for_each);
    let records = each.filter_map(|it| machine.protocol.records.get(it.record.index()));
    let mut because: Vec<Because> =
        faults.chain(records.map(|it| Because::Entries(it.rule))).collect();
    let matter = steps.matters().deadlines(machine);
    because.extend(matter.flat_map(|(id, _)| lengthens(steps, bases, id)));
    because.sort_unstable();
    because.dedup();
    because
}

/// Why what looked possible need not be.
pub(super) fn inexact(
    steps: &Steps<'_>,
    opaque: &BTreeSet<RuleId>,
    bases: &Bases<'_>,
) -> Vec<Because> {
    let machine = steps.machine();
    let mut because: Vec<Because> = opaque.iter().map(|it| Because::Condition(*it)).collect();
    for (id, deadline) in steps.matters().deadlines(machine) {
        because.extend(pauses(machine, id));
        let mut begins = deadline.starts.iter().chain(&deadline.restarts);
        let until = |it: &Lengthen| matches!(it, Lengthen::Until { up_to: None, .. });
        if deadline.due.is_some()
            || begins.any(|it| matches!(it, Point::Date(_)))
            || deadline.extend.iter().any(|it| until(&it.lengthen))
        {
            because.push(Because::DateSet(deadline.rule));
        }
        if deadline.every.as_ref().is_some_and(|it| it.per == Period::Grid) {
            because.push(Because::Grid(deadline.rule));
        }
    }
    because.extend(left_out(steps, bases));
    because.sort_unstable();
    because.dedup();
    because
}

fn pauses(machine: &Machine, id: DeadlineId) -> impl Iterator<Item = Because> {
    let all = machine.protocol.stages.iter().flat_map(|it| &it.pauses);
    let unlimited = all.filter(move |it| it.deadline == id && it.limit.is_none());
    unlimited.map(|it| Because::PauseWithoutLimit(it.rule))
}
