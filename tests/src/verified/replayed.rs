//! A course of a refutation, gone through once more by the engine alone.

use analysis::Course;
use engine::machine::Machine;
use engine::model::{GuaranteeId, Promise};
use engine::runtime::{Case, Context, FactKind, View, apply, decide, possible, wake};
use engine::script::truth;

/// Whether a guarantee is broken on a course as the course says, or what happens instead.
pub(crate) fn replayed(machine: &Machine, id: GuaranteeId, course: &Course) -> Result<(), String> {
    let context = Context::new(&course.strings);
    let mut case = Case::new(machine);
    let mut broken = Vec::new();
    for (number, event) in course.events.iter().enumerate() {
        let decision = decide(machine, &case, event, &context)
            .map_err(|no| format!("event {} is not accepted: {no:?}", number + 1))?;
        for fact in &decision.facts {
            apply(&mut case, fact);
            broken.extend((fact.kind == FactKind::Broken { guarantee: id }).then_some(fact.at));
        }
    }
    let decision = wake(machine, &case, course.until, &context)
        .map_err(|no| format!("time does not act: {no:?}"))?;
    for fact in &decision.facts {
        apply(&mut case, fact);
        broken.extend((fact.kind == FactKind::Broken { guarantee: id }).then_some(fact.at));
    }
    match &machine.protocol.guarantees[id.index()].promise {
        Promise::Possible { event, holds } => {
            let view = View { machine, case: &case, event: None, strings: &course.strings };
            let asked = holds.as_ref().is_none_or(|it| truth(it, &view).unwrap_or(false));
            let now = possible(machine, &case, course.until, &context);
            let accepts = now.iter().any(|it| it.event == *event && it.open_to().next().is_some());
            match asked && !accepts {
                true => Ok(()),
                false => Err(format!("it is asked for: {asked}, and possible: {accepts}")),
            }
        }
        // That there is no way cannot be seen on one course.
        Promise::Reachable { .. } => Ok(()),
        _ if broken.contains(&course.at) => Ok(()),
        _ => Err(format!("it is broken at {broken:?}, not at {:?}", course.at)),
    }
}
