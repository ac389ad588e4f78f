//! What is wrong where a protocol does not give what every protocol should.

use analysis::{BuiltIn, Course, Impossible};
use engine::machine::Machine;
use engine::model::{RuleId, StopId, Warning};
use engine::runtime::{ClockId, Fact, FactKind};

use crate::render::verify::words::deadline;
use crate::verified::Retold;

/// What is wrong at the end of a course.
pub(super) fn not_given(
    machine: &Machine,
    course: &Course,
    retold: &Retold,
    built_in: BuiltIn,
) -> String {
    let what = match built_in {
        BuiltIn::NoDeadEnd => "nothing can happen here any more, and the case is not closed",
        BuiltIn::ClosingPossible => "from here no way leads to a stage that closes the case",
        BuiltIn::StopsAnswerable => {
            "a stop is in force here that nobody can look at again or appeal against"
        }
        BuiltIn::AlwaysScreened => {
            "from here nobody of the house can take a new complaint on while a stop is in force"
        }
        BuiltIn::NoRungSkipped => "a rung is reached here without the one below",
        BuiltIn::DeadlinesReal => "a deadline cannot be met here, or cannot be missed",
        BuiltIn::WarningsInTime => {
            let facts: Vec<&Fact> = retold.moments.iter().flat_map(|it| &it.facts).collect();
            let said = unwarned(machine, course, &facts);
            return said.unwrap_or_else(|| "a warning does not come before its end".to_owned());
        }
    };
    what.to_owned()
}

/// What no case comes to, as it is after "on no course that a case can take".
pub(super) fn never(machine: &Machine, impossible: Impossible) -> String {
    match impossible {
        Impossible::Met(id) => format!("is `{}` met in time", deadline(machine, id)),
        Impossible::Missed(id) => format!(
            "is `{}` missed: it ends before it is due, or never begins",
            deadline(machine, id)
        ),
        Impossible::Reviewed(id) => {
            format!("can stop `{}` be looked at again wherever it stands", stop(machine, id))
        }
        Impossible::Appealed(id) => {
            format!(
                "can the complainant appeal against stop `{}` while they may",
                stop(machine, id)
            )
        }
        Impossible::Answered(id) => {
            format!("is an appeal against stop `{}` upheld", stop(machine, id))
        }
    }
}

fn stop(machine: &Machine, id: StopId) -> &str {
    machine.protocol.stops.get(id.index()).map_or("", |it| it.name.as_str())
}

/// The entry that can never be what it should.
pub(super) fn entry_of(machine: &Machine, impossible: Impossible) -> Option<RuleId> {
    match impossible {
        Impossible::Met(id) | Impossible::Missed(id) => {
            machine.protocol.deadlines.get(id.index()).map(|it| it.rule)
        }
        Impossible::Reviewed(id) => machine.protocol.stops.get(id.index()).map(|it| it.review.rule),
        Impossible::Appealed(id) | Impossible::Answered(id) => {
            machine.protocol.stops.get(id.index()).map(|it| it.appeal.rule)
        }
    }
}

/// "`answer` is over, and its warning `at 75 %` was never given".
fn unwarned(machine: &Machine, course: &Course, facts: &[&Fact]) -> Option<String> {
    let over = facts.iter().filter(|it| it.at == course.at).filter_map(|it| match it.kind {
        FactKind::Breached { clock } | FactKind::Lapsed { clock } => Some(clock),
        _ => None,
    });
    let missing = |clock: ClockId| {
        let declared = machine.protocol.deadlines.get(clock.deadline.index())?;
        let is_given = |place: u16| {
            facts.iter().any(|it| {
                matches!(it.kind, FactKind::Warned { clock: of, warning, .. }
                    if of == clock && warning == place)
            })
        };
        let mut warns = (0u16..).zip(&declared.warn);
        warns.find(|(place, _)| !is_given(*place)).map(|(_, it)| (clock.deadline, *it))
    };
    let (id, warning) = over.into_iter().find_map(missing)?;
    let warning = match warning {
        Warning::Before(term) => format!("{term} before"),
        Warning::AtPercent(percent) => format!("at {percent} %"),
    };
    let name = deadline(machine, id);
    Some(format!("`{name}` is over, and its warning `{warning}` was never given"))
}
