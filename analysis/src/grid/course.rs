//! A course written down, so that it can be replayed.

use engine::machine::Machine;
use engine::runtime::Event;
use engine::text::Strings;
use engine::time::Instant;

use crate::Course;

/// Where a course ended and what was seen there.
#[derive(Clone, Copy)]
pub(super) struct End {
    /// The instant that nothing was looked at any more.
    pub(super) until: Instant,
    /// When the goal was kept or broken.
    pub(super) at: Instant,
    /// When it began.
    pub(super) begun: Option<Instant>,
}

/// The course of these events.
pub(super) fn course(machine: &Machine, strings: &Strings, events: Vec<Event>, end: End) -> Course {
    let mut strings = strings.clone();
    let events = events.into_iter().zip(1..).map(|(event, number)| {
        let id = strings.intern(&format!("event-{number}"));
        Event { id, ..event }
    });
    let events = events.collect();
    Course { events, until: end.until, at: end.at, days: days(machine, end), strings }
}

/// How many calendar days a goal took; the same day is 0.
pub(super) fn days(machine: &Machine, end: End) -> Option<u32> {
    let date = |at| machine.protocol.zone.civil(at).date();
    let days = date(end.at).signed_duration_since(date(end.begun?)).num_days();
    u32::try_from(days).ok()
}
