//! How a stream stands and what is owed on it, from the case.

use engine::machine::Machine;
use engine::runtime::{Case, next_due, outlook};
use engine::time::Instant;

use crate::cases::{Duty, Standing, StreamKind};
use crate::keeper::set::{Held, Part, Stream};

/// The machine that decides a stream, and its state.
pub(crate) fn state<'a>(part: &'a Part, stream: &Stream) -> Option<(&'a Machine, &'a Case)> {
    let machine = &part.loaded.machine;
    match stream.held {
        Held::Case(key) => part.register.get(key).map(|it| (machine, &it.case)),
        Held::Stop(key) => {
            let held = part.register.stop(key)?;
            Some((machine.stop(held.stream.stop)?, &held.stream.case))
        }
    }
}

/// What is owed, in the order in which it began. What may be done until some instant, and need not
/// be, is not owed.
pub(crate) fn duties(machine: &Machine, case: &Case) -> Vec<Duty> {
    let protocol = &machine.protocol;
    // Of what is over by then, no days are counted that are left: nobody asks for them here.
    let owed = outlook(machine, case, Instant::MAX).owed.into_iter();
    let duties = owed.filter_map(|it| {
        let deadline = protocol.deadlines.get(it.deadline.index())?;
        let party = it.who.map(|who| protocol.party_name(who).to_owned());
        (!deadline.window).then(|| Duty {
            deadline: deadline.name.clone(),
            occurrence: it.occurrence,
            party: party.unwrap_or_default(),
            due: it.due,
            missed: it.is_missed,
        })
    });
    duties.collect()
}

/// How a stream stands after its latest decision.
pub(crate) fn standing(part: &Part, stream: &Stream, owed: &[Duty]) -> Option<Standing> {
    let (machine, case) = state(part, stream)?;
    let protocol = &machine.protocol;
    let rung = protocol.ladder.get(case.rung.index());
    let is_stop_over = || match stream.held {
        Held::Case(_) => false,
        Held::Stop(key) => part.register.stop(key).is_some_and(|it| !it.stream.is_live()),
    };
    let complainant = match stream.held {
        Held::Case(_) => case.complainant,
        Held::Stop(key) => part.register.stop(key).and_then(|it| it.stream.complainant),
    };
    // A stop is not about whoever the case is about.
    let respondent = case.respondent.filter(|_| stream.kind() == StreamKind::Case);
    Some(Standing {
        stream: stream.id,
        kind: stream.kind(),
        on: stream.on,
        stop: stream.stop.clone(),
        protocol: part.loaded.hash,
        protocol_id: part.loaded.id.clone(),
        version: stream.version,
        hash: stream.hash,
        ticket: stream.ticket.clone(),
        secret: stream.secret,
        complainant: complainant.map(|it| part.strings.get(it).to_owned()),
        respondent: respondent.map(|it| part.strings.get(it).to_owned()),
        opened_at: case.opened_at?,
        stage: protocol.stages.get(case.stage.index()).map(|it| it.name.clone())?,
        rung: rung.map(|it| it.name.clone()),
        severity: case.severity.map(|it| machine.level_name(it).to_owned()),
        closed: case.closed || is_stop_over(),
        breached: case.clocks.iter().any(|it| it.breached),
        due_at: owed.iter().filter_map(|it| it.due).min(),
        acts_at: next_due(case),
    })
}
