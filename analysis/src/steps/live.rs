//! Where in the procedure the value of a field may still be read before it is set again.

use engine::machine::{Machine, Move, Operation};
use engine::model::{EventId, FieldId, StageId, Variable};
use engine::script::{Expr, reads};

use crate::steps::Matters;

/// The fields whose value may still be read, by stage.
#[derive(Clone, Debug)]
pub(super) struct Live {
    /// `at[stage][field]`.
    at: Vec<Vec<bool>>,
}

impl Live {
    pub(super) fn new(machine: &Machine, matters: &Matters) -> Self {
        let protocol = &machine.protocol;
        let everywhere = everywhere(machine, matters);
        let n = protocol.fields.len();
        let mut at = vec![everywhere; protocol.stages.len()];
        // What a stage reads at once.
        for (place, stage) in at.iter_mut().enumerate() {
            read_here(machine, matters, StageId::at(place), stage);
        }
        // What the stages read that it leads to. Every round adds a field to a stage, or is the
        // last.
        for _ in 0..=n.saturating_mul(protocol.stages.len()) {
            let before = at.clone();
            for (place, stage) in at.iter_mut().enumerate() {
                for (to, sets) in leads_to(machine, StageId::at(place)) {
                    for (field, live) in stage.iter_mut().enumerate() {
                        *live |= before[to.index()][field] && !sets.contains(&FieldId::at(field));
                    }
                }
            }
            if at == before {
                break;
            }
        }
        Self { at }
    }

    pub(super) fn is_live(&self, stage: StageId, field: FieldId) -> bool {
        let stage = self.at.get(stage.index());
        stage.and_then(|it| it.get(field.index())).is_none_or(|it| *it)
    }
}

/// The fields that a condition reads that may be asked in any decision, or that are read past
/// conditions.
fn everywhere(machine: &Machine, matters: &Matters) -> Vec<bool> {
    let protocol = &machine.protocol;
    let mut live = vec![false; protocol.fields.len()];
    for condition in matters.everywhere(machine) {
        read(machine, condition, &[], &mut live);
    }
    for field in matters.eager_fields(machine) {
        if let Some(slot) = live.get_mut(field.index()) {
            *slot = true;
        }
    }
    live
}

fn read(machine: &Machine, condition: &Expr, but: &[FieldId], live: &mut [bool]) {
    for id in reads(condition) {
        if let Some(Variable::Field(field)) = machine.protocol.variables.get(usize::from(id.0))
            && !but.contains(field)
            && let Some(slot) = live.get_mut(field.index())
        {
            *slot = true;
        }
    }
}

/// The fields that an event always brings.
fn brings(machine: &Machine, event: EventId) -> Vec<FieldId> {
    let declared = machine.protocol.events.get(event.index());
    let carried = declared.map_or(&[][..], |it| &it.carries);
    carried.iter().filter(|it| it.required).map(|it| it.field).collect()
}

fn read_here(machine: &Machine, matters: &Matters, stage: StageId, live: &mut [bool]) {
    let protocol = &machine.protocol;
    if !matters.has_stage(machine, stage) {
        return;
    }
    for (at, declared) in protocol.events.iter().enumerate() {
        let event = EventId::at(at);
        let moves = machine.moves(stage, event);
        let but = brings(machine, event);
        let of_extension = !machine.extensions(event).is_empty();
        let is_taken = !moves.is_empty() || of_extension || declared.built_in.is_some();
        if !is_taken || !matters.wants(machine, stage, event) {
            continue;
        }
        let required = declared.requires.iter().chain(moves.iter().flat_map(|it| &it.requires));
        for id in required {
            if let Some(condition) = protocol.conditions.get(id.index()) {
                read(machine, &condition.is, &but, live);
            }
        }
        moves.iter().for_each(|it| read_by(machine, it, &but, live));
    }
    machine.afters(stage).iter().for_each(|it| read_by(machine, it, &[], live));
}

fn read_by(machine: &Machine, a_move: &Move, but: &[FieldId], live: &mut [bool]) {
    if let Some(guard) = &a_move.guard {
        read(machine, guard, but, live);
    }
    for operation in &a_move.operations {
        if let Operation::Compute(_, expr) = operation {
            read(machine, expr, but, live);
        }
    }
}

/// Where a stage may lead in one decision, and what is set for certain on that way.
fn leads_to(machine: &Machine, stage: StageId) -> Vec<(StageId, Vec<FieldId>)> {
    let mut found = Vec::new();
    for node in machine.graph().nodes().filter(|it| it.stage == stage) {
        for edge in machine.graph().leaving(node) {
            let sets = match edge.why {
                engine::machine::Why::Event(event, place) => {
                    let mut sets = brings(machine, event);
                    let chosen = machine.moves(stage, event).get(usize::from(place));
                    let operations = chosen.map_or(&[][..], |it| &it.operations);
                    sets.extend(operations.iter().filter_map(|it| match it {
                        Operation::Set(field, _) | Operation::Compute(field, _) => Some(*field),
                        _ => None,
                    }));
                    sets
                }
                _ => Vec::new(),
            };
            found.push((edge.to.stage, sets));
        }
    }
    found
}
