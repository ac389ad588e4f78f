//! Which entry is meant where a step does not say, and which clock a fact is about.

use crate::model::{EntryAct, EventId};
use crate::runtime::{ClockId, Entry, entry_of};
use crate::scenario::ClockName;
use crate::scenario::running::underway::Running;

/// The id of the entry of an event of a record that names none: a new one is numbered; what is
/// changed is the last, what is done the first that is not.
pub(crate) fn made_up(running: &Running<'_>, event: EventId) -> Option<String> {
    let protocol = &running.machine.protocol;
    let of = protocol.events.get(event.index())?.of?;
    let entries = running.case().entries(of.record);
    let id = |it: &Entry| running.strings.get(it.id);
    let fresh = || {
        let mut numbers = (entries.len().saturating_add(1)..).map(|number| number.to_string());
        numbers.find(|number| !entries.iter().any(|it| id(it) == number)).unwrap_or_default()
    };
    let found = match of.act {
        EntryAct::Added => None,
        EntryAct::Changed => entries.last(),
        EntryAct::Done => entries.iter().find(|it| it.done_at.is_none()).or(entries.last()),
    };
    Some(found.map_or_else(fresh, |it| id(it).to_owned()))
}

/// A clock of the case as a scenario names it.
pub(crate) fn clock_name(running: &Running<'_>, clock: ClockId) -> ClockName {
    let entry = entry_of(running.machine, running.case(), clock);
    let entry = entry.map(|id| running.strings.get(id).to_owned());
    ClockName { deadline: clock.deadline, entry }
}
