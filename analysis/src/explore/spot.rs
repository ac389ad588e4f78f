//! Where a case is, and how long everything takes that is being counted.

use std::cmp::Ordering;
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::{DeadlineId, StageId};

use crate::bases::{Counting, Length};
use crate::steps::{Counted, Item, Key, Open, Standing};
use crate::zone::{Hold, Running};

/// A key, and for everything that it counts how long that takes, in the order of the key; after
/// them the walls: for what has stood still, how long ago it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) key: Key,
    pub(crate) slots: Arc<[Slot]>,
}

impl Ord for Spot {
    fn cmp(&self, other: &Self) -> Ordering {
        let slots = || match Arc::ptr_eq(&self.slots, &other.slots) {
            true => Ordering::Equal,
            false => self.slots.cmp(&other.slots),
        };
        self.key.cmp(&other.key).then_with(slots)
    }
}

impl PartialOrd for Spot {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What is being counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slot {
    /// What counts.
    pub(super) counting: Counting,
    /// How long it takes.
    pub(super) length: Length,
    /// For a wall, what it stands beside and how far it can be ahead.
    pub(super) wall: Option<(Item, i32)>,
}

impl Spot {
    /// The walls of a spot, with their places.
    pub(super) fn walls(&self) -> impl Iterator<Item = (usize, &Slot)> {
        self.slots.iter().enumerate().skip(self.key.open().len())
    }

    /// What the zone needs to know of its clocks.
    pub(super) fn running(&self, machine: &Machine) -> Vec<Running> {
        running(machine, &self.key, &self.slots)
    }
}

/// What the zone needs to know of the clocks of a key.
pub(super) fn running(machine: &Machine, key: &Key, slots: &[Slot]) -> Vec<Running> {
    let open = key.open();
    let each = slots.iter().enumerate().map(|(at, slot)| match (open.get(at), slot.wall) {
        (Some(open), _) => {
            Running { length: slot.length, hold: hold(open), rank: rank(machine, key, open.item) }
        }
        (None, Some((item, at_most))) => {
            let hold = key.place(item).map_or(Hold::Waits, |of| Hold::Wall { of, at_most });
            Running { length: slot.length, hold, rank: u32::MAX }
        }
        (None, None) => Running { length: slot.length, hold: Hold::Waits, rank: u32::MAX },
    });
    each.collect()
}

const fn hold(open: &Open) -> Hold {
    match (open.item, open.standing) {
        (Item::Waiting(_) | Item::Begun(_) | Item::Opened, _) => Hold::Waits,
        (_, Standing::Stands(_)) => Hold::Stands,
        (_, Standing::Runs) => Hold::Runs,
    }
}

fn rank(machine: &Machine, key: &Key, item: Item) -> u32 {
    let protocol = &machine.protocol;
    match item {
        Item::Clock(id) => {
            protocol.deadlines.get(id.index()).map_or(u32::MAX, |it| machine.rank(it.rule))
        }
        Item::Timer(place) => {
            let stage = protocol.stages.get(key.case().stage.index());
            let after = stage.and_then(|it| it.after.get(usize::from(place)));
            after.map_or(u32::MAX, |it| machine.rank(it.branch.rule))
        }
        Item::Waiting(_) | Item::Begun(_) | Item::Opened | Item::Promise(_) => u32::MAX,
    }
}

/// What says how long something takes that is being counted.
pub(super) fn counting(open: &Open) -> Counting {
    if open.grid {
        return Counting::Free;
    }
    match &open.counted {
        Counted::Term { deadline, alternative, extensions, many: false } => Counting::Clock {
            deadline: *deadline,
            alternative: *alternative,
            extensions: extensions.clone(),
        },
        Counted::AtChange { deadline, extensions } if !extensions.is_empty() => {
            Counting::Changed { deadline: *deadline, extensions: extensions.clone() }
        }
        Counted::Timer { stage, place } => Counting::Timer { stage: *stage, place: *place },
        Counted::Promise(id) => Counting::Promise(*id),
        Counted::Term { .. } | Counted::AtChange { .. } | Counted::Date(_) | Counted::Nothing => {
            Counting::Free
        }
    }
}

/// Whether it is due at the instant from which it counts.
pub(super) fn is_at_once(open: &Open) -> bool {
    matches!(&open.counted, Counted::AtChange { extensions, .. } if extensions.is_empty())
}

/// Whether it is counted by nothing, so that it makes no difference when it began.
pub(super) const fn is_untimed(open: &Open) -> bool {
    matches!((&open.counted, open.item), (Counted::Nothing, Item::Clock(_) | Item::Timer(_)))
}

/// The limits of all pauses of a deadline; `None` where one has none.
pub(super) fn limits(machine: &Machine, deadline: DeadlineId) -> Option<Vec<Counting>> {
    let stages = machine.protocol.stages.iter().enumerate();
    let pauses = stages.flat_map(|(at, stage)| {
        let of = stage.pauses.iter().filter(move |it| it.deadline == deadline);
        of.map(move |it| it.limit.map(|_| Counting::Limit { deadline, stage: StageId::at(at) }))
    });
    pauses.collect()
}
