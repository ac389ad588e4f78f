//! What a complainant is told of the own case.

use crate::wire::{Status, Step};
use engine::machine::Machine;
use engine::model::{Deadline, Doer, EventId, LetterId, Party, Point};
use engine::runtime::{Owed, outlook};
use engine::time::Instant;
use store::keeper::Look;

const DAY_MS: i64 = 86_400_000;

/// How a case stands for its complainant; nothing once it has been closed for more than so many
/// days.
#[must_use]
pub fn of_case(look: &Look, days: u16) -> Option<Status> {
    let (machine, case) = (&look.loaded.machine, &look.case);
    let protocol = &machine.protocol;
    let shown_ms = i64::from(days).saturating_mul(DAY_MS);
    if case.closed && look.at.ms_since(case.last_at) > shown_ms {
        return None;
    }
    let owed = outlook(machine, case, look.at).owed;
    let steps = |is_wanted: &dyn Fn(&Owed, &Deadline) -> bool| {
        let each = owed.iter().filter_map(|owed| {
            let deadline = protocol.deadlines.get(owed.deadline.index())?;
            is_wanted(owed, deadline).then(|| step(machine, owed, deadline))
        });
        each.collect()
    };
    let is_yours = |owed: &Owed| owed.who == Some(Party::Complainant);
    Some(Status {
        ticket: look.standing.ticket.clone().unwrap_or_default(),
        procedure: protocol.title.clone(),
        language: protocol.language.clone(),
        zone: protocol.zone.name().to_owned(),
        received_on: day(machine, case.opened_at?),
        stage: protocol.stages.get(case.stage.index())?.title.clone(),
        closed: case.closed,
        yours: steps(&|owed, _| is_yours(owed)),
        theirs: steps(&|owed, deadline| {
            !is_yours(owed) && !deadline.window && is_promised(machine, deadline)
        }),
    })
}

fn step(machine: &Machine, owed: &Owed, deadline: &Deadline) -> Step {
    Step {
        what: deadline.title.clone(),
        until: owed.due.map(|it| day(machine, it)),
        missed: owed.is_missed,
    }
}

fn day(machine: &Machine, at: Instant) -> String {
    machine.protocol.zone.civil(at).date().to_string()
}

/// Whether a deadline is met by something that the complainant receives; what the organisation
/// owes itself is not told.
fn is_promised(machine: &Machine, deadline: &Deadline) -> bool {
    deadline.met_by.iter().any(|by| match by.on {
        Point::Letter(letter) => is_received(machine, letter),
        Point::Event(event) => sends(machine, event).any(|it| is_received(machine, it)),
        _ => false,
    })
}

/// The letters that an event may send, whatever the stage.
fn sends(machine: &Machine, event: EventId) -> impl Iterator<Item = LetterId> {
    let transitions = machine.protocol.stages.iter().flat_map(|it| &it.on);
    let branches = transitions.filter(move |it| it.event == event).flat_map(|it| &it.branches);
    branches.flat_map(|it| it.sends.iter().copied())
}

fn is_received(machine: &Machine, letter: LetterId) -> bool {
    let letter = machine.protocol.letters.get(letter.index());
    let all = letter.into_iter().flat_map(|it| it.to.iter().chain(&it.copy));
    all.into_iter().any(|it| *it == Doer::Party(Party::Complainant))
}
