//! The event that a step reports.

use crate::machine::Machine;
use crate::model::Party;
use crate::runtime::{self, Event, Report, ReportedAt};
use crate::scenario::running::entry;
use crate::scenario::running::failure::failure;
use crate::scenario::running::underway::Running;
use crate::scenario::words;
use crate::scenario::{Act, Failure, Step};

/// The event that an act reports, as the case stands.
pub(crate) fn event(
    running: &mut Running<'_>,
    step: &Step,
    act: &Act,
    at: Option<ReportedAt>,
) -> Result<Event, Box<Failure>> {
    let machine = running.machine;
    let own = act.stop.and_then(|it| machine.stop(it)).unwrap_or(machine);
    let report = Report {
        at: at.unwrap_or(ReportedAt::Instant(running.now)),
        entry: act.entry.clone().or_else(|| match act.stop {
            Some(_) => None,
            None => entry::made_up(running, act.event),
        }),
        entered_by: act.entered_by.clone(),
        channel: act.channel.clone(),
        data: act.data.clone(),
        reason: act.reason.clone(),
        complainant: act.complainant.clone(),
        respondent: act.respondent.clone(),
        revision: act.revision.clone(),
        stop: act
            .stop
            .and_then(|it| machine.protocol.stops.get(it.index()))
            .map(|it| it.name.clone()),
        case: act.case.clone(),
        letter: act.letter.clone(),
        intake: act.intake.clone(),
        ..Report::new(
            act.id.clone(),
            words::event(own, act.event),
            running.now,
            act.by.clone().unwrap_or_else(|| first_by(running, own, act)),
        )
    };
    runtime::read_report(machine, &report, &mut running.strings).map_err(|misread| {
        let each = misread.iter().map(|it| format!("{}: {}", it.pointer, it.problem));
        let was = each.collect::<Vec<_>>().join("; ");
        failure(step, "event", "an event of this protocol".to_owned(), was)
    })
}

/// Whoever comes first in the event's `by`, as the case stands. A complainant who is known is
/// named.
fn first_by(running: &Running<'_>, own: &Machine, act: &Act) -> String {
    let protocol = &running.machine.protocol;
    let first = own.protocol.events.get(act.event.index()).and_then(|it| it.by.first());
    let party = first.and_then(|it| runtime::party(protocol, running.case(), *it));
    let party = party.unwrap_or(Party::System);
    let name = words::party(running.machine, party).to_owned();
    let person = running.case().complainant.map(|it| running.strings.get(it));
    match (party, person.or(act.complainant.as_deref())) {
        (Party::Complainant, Some(person)) => format!("{name}:{person}"),
        _ => name,
    }
}
