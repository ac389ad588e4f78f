//! Whose act something may be, whatever case it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::points::edges;
use crate::machine::{Machine, Why};
use crate::model::{Barred, Doer, Event, EventId, LetterId, Party, Point, Protocol, Rung, RungId};

/// The parties that a doer may be.
pub(crate) fn parties(doer: Doer, protocol: &Protocol) -> Vec<Party> {
    match doer {
        Doer::Party(party) => vec![party],
        Doer::Handler => protocol.ladder.iter().map(|it| Party::Role(it.handled_by)).collect(),
        Doer::Owner => {
            let owners = protocol.stages.iter().filter_map(|it| it.owner);
            owners.filter(|it| *it != Doer::Owner).flat_map(|it| parties(it, protocol)).collect()
        }
    }
}

/// A doer as authors write it.
pub(crate) fn shown(doer: Doer, protocol: &Protocol) -> &str {
    match doer {
        Doer::Party(party) => protocol.party_name(party),
        Doer::Handler => "@handler",
        Doer::Owner => "@owner",
    }
}

/// Whose acts some events may be, as `list` says it of each, deputies aside.
pub(crate) fn acting<'e>(
    events: impl IntoIterator<Item = &'e EventId>,
    list: impl Fn(&Event) -> &[Doer],
    protocol: &Protocol,
) -> BTreeSet<Party> {
    let events = events.into_iter().filter_map(|it| protocol.events.get(it.index()));
    let doers: BTreeSet<Doer> = events.flat_map(|it| list(it).iter().copied()).collect();
    doers.into_iter().flat_map(|it| parties(it, protocol)).collect()
}

/// The events that send each letter.
#[derive(Debug)]
pub(crate) struct Senders {
    /// `None` where time sends it as well.
    by_letter: BTreeMap<LetterId, Option<BTreeSet<EventId>>>,
}

impl Senders {
    pub(crate) fn of(machine: &Machine) -> Self {
        let mut by_letter: BTreeMap<LetterId, Option<BTreeSet<EventId>>> = BTreeMap::new();
        for edge in edges(machine) {
            for letter in machine.branch_of(&edge).into_iter().flat_map(|it| &it.sends) {
                let senders = by_letter.entry(*letter).or_insert_with(|| Some(BTreeSet::new()));
                match (edge.why, senders.as_mut()) {
                    (Why::Event(event, _), Some(senders)) => {
                        senders.insert(event);
                    }
                    (Why::Event(..), None) => {}
                    _ => *senders = None,
                }
            }
        }
        for letter in machine.protocol.deadlines.iter().flat_map(|it| &it.outcome.sends) {
            by_letter.insert(*letter, None);
        }
        Self { by_letter }
    }

    /// The events that alone bring a point about: itself, or those that send the letter. `None`
    /// where time or the opening may, or nothing does.
    pub(crate) fn behind(&self, point: Point) -> Option<BTreeSet<EventId>> {
        match point {
            Point::Event(EventId::OPENED) => None,
            Point::Event(event) => Some(BTreeSet::from([event])),
            Point::Letter(letter) => self.by_letter.get(&letter).cloned().flatten(),
            _ => None,
        }
    }
}

/// Whether somebody of the organisation: a role that is not external.
pub(crate) fn is_inside(party: Party, protocol: &Protocol) -> bool {
    match party {
        Party::Role(role) => protocol.roles.get(role.index()).is_some_and(|it| !it.external),
        Party::Complainant | Party::Respondent | Party::System => false,
    }
}

/// Parties and the deputies of their roles.
pub(crate) fn with_deputies(parties: &BTreeSet<Party>, protocol: &Protocol) -> BTreeSet<Party> {
    let deputy = |party: &Party| match party {
        Party::Role(role) => protocol.roles.get(role.index()).and_then(|it| it.deputy),
        _ => None,
    };
    let deputies = parties.iter().filter_map(deputy).map(Party::Role);
    parties.iter().copied().chain(deputies).collect()
}

/// The rungs below one, from the nearest down, whose handlers it does not bar.
pub(crate) fn unbarred_below(place: usize, ladder: &[Rung]) -> impl Iterator<Item = &Rung> {
    let barred: BTreeSet<Barred> =
        ladder.get(place).into_iter().flat_map(|it| &it.not_by).copied().collect();
    let below = ladder.iter().enumerate().take(place).rev();
    below.filter(move |(at, _)| !barred.contains(&Barred::Rung(RungId::at(*at)))).map(|it| it.1)
}
