//! What happened in a case, as it stands.

use engine::runtime::{Actor, FactKind, Kept};
use engine::text::Symbol;

use crate::cell::Cell;
use crate::rows::of_case::Rows;

impl Rows<'_> {
    /// The events that stand in this reading, in order: what was struck or set aside has none.
    pub(super) fn events(&self) -> Vec<Vec<Cell>> {
        self.reported().into_iter().map(|it| self.event(&it)).collect()
    }

    /// The events that stand, with what was kept of each.
    pub(crate) fn reported(&self) -> Vec<Happened<'_>> {
        let of = |id: Symbol| {
            self.look.kept.iter().find(|it| it.event.as_ref().is_some_and(|it| it.id == id))
        };
        let facts = self.look.facts.iter();
        let found = facts.filter_map(|fact| match fact.kind {
            FactKind::Reported { event, by, person, .. } => {
                let kept = of(fact.cause?)?;
                Some(Happened { fact, event, by: Actor { party: by, person }, kept })
            }
            _ => None,
        });
        found.collect()
    }

    fn event(&self, happened: &Happened<'_>) -> Vec<Cell> {
        let protocol = &self.machine().protocol;
        let zone = &protocol.zone;
        let name = protocol.events.get(happened.event.index()).map_or("", |it| &it.name);
        let event = happened.kept.event.as_ref();
        let channel = event.and_then(|it| it.channel);
        let channel = channel.and_then(|it| protocol.channels.get(it.index()));
        vec![
            self.id(),
            self.ticket(),
            Cell::text(name),
            Cell::moment(zone, Some(happened.fact.at)),
            Cell::moment(zone, Some(happened.kept.recorded_at)),
            Cell::text(&self.actor(happened.by)),
            channel.map_or(Cell::Empty, |it| Cell::text(&it.name)),
            self.symbol(event.map(|it| it.id)),
        ]
    }

    pub(crate) fn actor(&self, actor: Actor) -> String {
        let party = self.machine().protocol.party_name(actor.party);
        actor.person.map_or_else(
            || party.to_owned(),
            |person| format!("{party}:{}", self.look.strings.get(person)),
        )
    }
}

/// An event that stands.
#[derive(Clone, Copy)]
pub(crate) struct Happened<'a> {
    /// That it was reported.
    pub(crate) fact: &'a engine::runtime::Fact,
    /// Which event.
    pub(crate) event: engine::model::EventId,
    /// Whose act it was.
    pub(crate) by: Actor,
    /// What was decided with it.
    pub(crate) kept: &'a Kept,
}
