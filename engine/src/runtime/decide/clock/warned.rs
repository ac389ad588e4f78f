//! What would become of the warnings of a clock that began then, without a case.

use crate::machine::Machine;
use crate::model::DeadlineId;
use crate::runtime::case::counted;
use crate::runtime::{Clock, ClockId, Times};
use crate::time::{Start, TimeError};

/// What becomes of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warns {
    /// It is given, unless the clock ends before.
    Given,
    /// It would come at the start of the clock or before, and is not given: from its start on less
    /// is left than the warning would say.
    TooEarly,
    /// It would come at the due instant or after, and is not given.
    TooLate,
}

/// What becomes of each warning of a deadline, in the order of `warn`, where its clock begins then,
/// never stands still, and was lengthened by these extensions, by place. Empty where it has no due
/// instant, or one that somebody agrees.
///
/// # Errors
/// A date outside what calendars know.
pub fn warns_for(
    machine: &Machine,
    deadline: DeadlineId,
    alternative: u16,
    extensions: &[u16],
    start: Start,
) -> Result<Vec<Warns>, TimeError> {
    let Some(declared) = machine.protocol.deadlines.get(deadline.index()) else {
        return Ok(Vec::new());
    };
    let mut counted = counted::from_start(declared, alternative, start);
    for place in extensions {
        if let Some(extension) = declared.extend.get(usize::from(*place)) {
            counted = counted.lengthened(&extension.lengthen, None);
        }
    }
    let Some(due) = counted.due(machine, declared)? else { return Ok(Vec::new()) };
    let id = ClockId { deadline, occurrence: 1 };
    let clock = Clock::begun(id, start, alternative, Times::default());
    let warns = |warning| {
        let at = counted.warning(machine, &clock, warning, due)?;
        Ok(match at {
            Some(at) if at > start.at && at < due => Warns::Given,
            Some(at) if at > start.at => Warns::TooLate,
            _ => Warns::TooEarly,
        })
    };
    declared.warn.iter().map(|it| warns(*it)).collect()
}
