//! The true order of the events of a case: each as it was corrected, at the instant at which it
//! counts.

use crate::machine::Machine;
use crate::runtime::Event;
use crate::text::Symbol;
use crate::time::{Instant, NaiveDate};

/// An event where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// The event as it truly was.
    pub(crate) event: Event,
    /// When it counts: for a date alone, after what was reported of that day before it.
    pub(crate) at: Instant,
}

/// The events in their true order. They are handed in as they were recorded, corrections among
/// them; events of one instant stay in that order.
pub(crate) fn in_order<'a>(
    machine: &Machine,
    recorded: impl Iterator<Item = &'a Event>,
) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut days: Vec<(NaiveDate, Instant)> = Vec::new();
    for event in revised(recorded) {
        let day = machine.protocol.zone.civil(event.at).date();
        let latest = days.iter_mut().find(|(it, _)| *it == day);
        let at = match &latest {
            Some((_, latest)) if event.date_only => event.at.max(*latest),
            _ => event.at,
        };
        match latest {
            Some((_, latest)) => *latest = at.max(*latest),
            None => days.push((day, at)),
        }
        placed.push(Placed { event, at });
    }
    placed.sort_by_key(|it| it.at);
    placed
}

/// The place from which two true orders differ, and the instant of the first event there. It is
/// the first event of its day in either, so that nothing before it depends on what comes after.
pub(crate) fn differ_from(
    machine: &Machine,
    old: &[Placed],
    new: &[Placed],
) -> Option<(usize, Instant)> {
    let same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let first = |list: &[Placed], place: usize| list.get(place).map(|it| it.at);
    let earliest = |place| [first(old, place), first(new, place)].into_iter().flatten().min();
    let from = earliest(same)?;
    let zone = &machine.protocol.zone;
    let day = zone.civil(from).date();
    let kept = new.iter().take(same).filter(|it| zone.civil(it.at).date() < day).count();
    Some((kept, earliest(kept).unwrap_or(from)))
}

/// Each event as it truly was, in the order of recording; without those that never happened.
fn revised<'a>(recorded: impl Iterator<Item = &'a Event>) -> impl Iterator<Item = Event> {
    let recorded: Vec<&Event> = recorded.collect();
    let struck = struck(&recorded);
    let stands = move |event: &&Event| !struck.contains(&event.id);
    let revisions: Vec<Event> = recorded
        .iter()
        .copied()
        .filter(&stands)
        .filter(|it| it.revision.is_some())
        .cloned()
        .collect();
    let standing: Vec<Event> = recorded.into_iter().filter(&stands).cloned().collect();
    standing.into_iter().map(move |mut event| {
        let id = event.id;
        let of_it = |it: &&Event| it.revision.is_some_and(|it| it.of == id);
        for revision in revisions.iter().filter(of_it) {
            revise(&mut event, revision);
        }
        event
    })
}

/// The ids of the events that never happened. A correction that was struck itself strikes nothing.
pub(crate) fn struck(recorded: &[&Event]) -> Vec<Symbol> {
    let mut struck: Vec<Symbol> = Vec::new();
    for event in recorded.iter().rev() {
        if let Some(revision) = event.revision.filter(|it| it.struck)
            && !struck.contains(&event.id)
        {
            struck.push(revision.of);
        }
    }
    struck
}

fn revise(event: &mut Event, by: &Event) {
    if let Some((at, date_only)) = by.revision.and_then(|it| it.happened_at) {
        event.at = at;
        event.date_only = date_only;
    }
    for (field, value) in &by.data {
        match event.data.iter_mut().find(|(it, _)| it == field) {
            Some(brought) => brought.1 = *value,
            None => event.data.push((*field, *value)),
        }
    }
    event.data.sort_by_key(|(field, _)| *field);
}
