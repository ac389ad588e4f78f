//! A case stays where it is until somebody outside does something.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::listed;
use crate::inspect::people::{acting, is_inside, parties};
use crate::machine::{Edge, Machine, Why};
use crate::model::{Doer, EventId, Party, Protocol, StageId};

pub(crate) const CODE: Code = Code::warning("waits-for-outsider");

/// Reports every stage that only people who owe nothing can take a case out of: the complainant,
/// the respondent, an external role without a duty. No event of the organisation, no timed
/// transition and no breach moves it on. Where no way leads to an end, that is the fault.
pub(crate) fn waits_for_outsider(machine: &Machine, out: &mut Diagnostics) {
    let protocol = &machine.protocol;
    let outsiders = events_of_outsiders(protocol);
    let is_end = |stage: StageId| protocol.stages.get(stage.index()).is_some_and(|it| it.end);
    let closable = machine.graph().leads_to(|node| is_end(node.stage));
    let closable: BTreeSet<StageId> = closable.into_iter().map(|node| node.stage).collect();
    for (place, stage) in protocol.stages.iter().enumerate().filter(|(_, stage)| !stage.end) {
        let id = StageId::at(place);
        if !closable.contains(&id) {
            continue;
        }
        let edges = machine.graph().nodes_of(id).flat_map(|node| machine.graph().leaving(node));
        let leaving: Vec<Edge> = edges.filter(|edge| edge.to.stage != id).collect();
        let by_outsider = |edge: &Edge| match edge.why {
            Why::Event(event, _) => outsiders.contains(&event).then_some(event),
            _ => None,
        };
        let events = leaving.iter().map(by_outsider).collect::<Option<BTreeSet<EventId>>>();
        let Some(events) = events.filter(|it| !it.is_empty()) else { continue };
        let events = events.iter().filter_map(|it| protocol.events.get(it.index()));
        let message = format!("a case stays in stage `{}` until somebody outside acts", stage.name);
        let names = listed(events.map(|it| it.name.as_str()));
        let label = format!("left by {names} alone, which nobody can be held to");
        out.push(
            Diagnostic::new(CODE, message, protocol.rule(stage.rule).span, label).help(
                "say what happens if they never do: `after = { \"4 weeks\" = { to = \"…\" } }`",
            ),
        );
    }
}

/// The events that are only for people who cannot be held to anything.
fn events_of_outsiders(protocol: &Protocol) -> BTreeSet<EventId> {
    let duties = protocol.deadlines.iter().filter(|it| !it.window);
    let debtors: BTreeSet<Doer> = duties.filter_map(|it| it.who).collect();
    let debtors: BTreeSet<Party> =
        debtors.into_iter().flat_map(|it| parties(it, protocol)).collect();
    let is_outsider = |party: &Party| match party {
        Party::Complainant | Party::Respondent => true,
        Party::System => false,
        Party::Role(_) => !is_inside(*party, protocol) && !debtors.contains(party),
    };
    let ids = (0..protocol.events.len()).map(EventId::at);
    let of_outsiders = |id: &EventId| {
        let by = acting([id], |event| &event.by, protocol);
        !by.is_empty() && by.iter().all(is_outsider)
    };
    ids.filter(of_outsiders).collect()
}
