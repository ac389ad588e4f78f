//! One of those that every protocol gives without saying so.

use engine::machine::Machine;
use engine::model::{Point, StageId};

use crate::bases::Bases;
use crate::prove::Options;
use crate::prove::built_in::{deadlines, places, rungs, screened, stops, warnings};
use crate::verdict::{BuiltIn, Outcome};

/// What can be said of it, and how many situations were looked at.
pub(in crate::prove) fn prove(
    machine: &Machine,
    bases: &Bases<'_>,
    built_in: BuiltIn,
    options: &Options,
) -> (Outcome, usize) {
    match built_in {
        BuiltIn::ClosingPossible => {
            let stages = machine.protocol.stages.iter().enumerate();
            let ends = stages.filter(|(_, it)| it.end);
            let ends: Vec<Point> = ends.map(|(at, _)| Point::Stage(StageId::at(at))).collect();
            places::reachable(machine, bases, &ends, true, options)
        }
        BuiltIn::NoDeadEnd => places::no_dead_end(machine, bases, options),
        BuiltIn::NoRungSkipped => rungs::no_rung_skipped(machine, bases, options),
        BuiltIn::WarningsInTime => warnings::in_time(machine, bases, options),
        BuiltIn::DeadlinesReal => deadlines::real(machine, bases, options),
        BuiltIn::StopsAnswerable => stops::answerable(machine, options),
        BuiltIn::AlwaysScreened => screened::always_screened(machine, bases, options),
    }
}
