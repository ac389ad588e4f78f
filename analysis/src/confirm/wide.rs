//! Courses at random that go on from wherever no case was before: for what lies deep in a
//! procedure.

use std::collections::{BTreeMap, BTreeSet};

use engine::machine::Machine;
use engine::model::{EventId, StageId};
use engine::runtime::{Case, Clock, ClockState, View};
use engine::script;
use engine::text::Strings;
use engine::time::Instant;

use crate::confirm::effort::Effort;
use crate::confirm::goal::Goal;
use crate::confirm::random::Random;
use crate::confirm::search::{Entries, Wandering, values};
use crate::confirm::walk::{Engine, Walk};
use crate::confirm::window::Window;

/// So many courses are begun first, and later one in so many rounds; each goes on for some steps.
const BEGUN: u32 = 100;
const BEGUN_EVERY: u32 = 40;
const STEPS: usize = 6;

/// Of places alike so many are gone on from at most, and no course has more facts than this.
const ALIKE_MAX: usize = 40;
/// Of so many kinds of places the most advanced is taken, every other time.
const KINDS_OF: usize = 3;

const FACTS_MAX: usize = 400;

/// Which of these show on courses at random, as the engine itself says it. It is asked about so
/// often, and the same seed gives the same answer. Each goal is one that a single fact shows.
#[must_use]
pub fn seen(
    machine: &Machine,
    goals: &[Goal],
    window: Window,
    seed: u64,
    effort: Effort<'_>,
) -> Vec<bool> {
    let starts = window.telling(machine).starts;
    let values = values(machine);
    let mut engine = Engine::new(machine, effort.calls, effort.patience);
    let mut random = Random::new(seed);
    let mut found = Found::new(machine, goals);
    // What is not even tried costs no call.
    for round in 0..effort.calls {
        if engine.left() == 0 || !found.shown.contains(&false) {
            break;
        }
        let mut wandering = Wandering::new(&mut engine, &mut random, &values);
        wandering.entries = Entries::Full;
        if round < BEGUN || round.is_multiple_of(BEGUN_EVERY) {
            found.begin(&mut wandering, &starts);
        } else if let Some(before) = found.next(wandering.random) {
            found.go_on(&mut wandering, &before);
        }
    }
    found.shown
}

/// A case that was come to, and how often it was gone on from.
struct Place {
    walk: Walk,
    tried: u32,
}

struct Found<'m> {
    machine: &'m Machine,
    goals: &'m [Goal],
    shown: Vec<bool>,
    /// By stage, and by what holds there of what must be true at some time.
    places: BTreeMap<StageId, BTreeMap<Vec<u16>, Vec<Place>>>,
    known: BTreeSet<Vec<u16>>,
}

impl<'m> Found<'m> {
    fn new(machine: &'m Machine, goals: &'m [Goal]) -> Self {
        let shown = vec![false; goals.len()];
        Self { machine, goals, shown, places: BTreeMap::new(), known: BTreeSet::new() }
    }

    /// A course from its beginning.
    fn begin(&mut self, wandering: &mut Wandering<'_, '_>, starts: &[Instant]) {
        let Some(start) = wandering.random.one_of(starts) else { return };
        let new = Walk::new(self.machine);
        let Some(mut walk) = wandering.reported(&new, EventId::OPENED, start) else { return };
        self.note(&walk, &wandering.engine.strings);
        for _ in 0..STEPS {
            walk = self.go_on(wandering, &walk).unwrap_or(walk);
        }
    }

    /// One step more.
    fn go_on(&mut self, wandering: &mut Wandering<'_, '_>, before: &Walk) -> Option<Walk> {
        let walk = wandering.step(before)?;
        self.note(&walk, &wandering.engine.strings);
        Some(walk)
    }

    /// Each stage as often as any other; there any kind of place, or of some that where most is
    /// as it must be at some time; of two of a kind that from where less was tried.
    fn next(&mut self, random: &mut Random) -> Option<Walk> {
        let nth = random.below(self.places.len());
        let kinds = self.places.values_mut().nth(nth)?;
        let n_kinds = if random.one_in(2) { 1 } else { KINDS_OF };
        let some: Vec<usize> = (0..n_kinds).map(|_| random.below(kinds.len())).collect();
        let n_held = |at: &usize| {
            let kind = kinds.keys().nth(*at);
            kind.map_or(0, |it| it.iter().filter(|it| **it == 1).count())
        };
        let nth = some.into_iter().max_by_key(n_held)?;
        let places = kinds.values_mut().nth(nth)?;
        let (one, other) = (random.below(places.len()), random.below(places.len()));
        let tried = |at: usize| places.get(at).map_or(0, |it| it.tried);
        let at = if tried(one) <= tried(other) { one } else { other };
        let place = places.get_mut(at)?;
        place.tried += 1;
        Some(place.walk.clone())
    }

    /// Notes what the new facts show, and goes on from there later if no case was there before.
    fn note(&mut self, walk: &Walk, strings: &Strings) {
        for (shown, goal) in self.shown.iter_mut().zip(self.goals) {
            *shown = *shown || goal.found(self.machine, walk.made().iter()).is_some();
        }
        let kind = holds(self.machine, &walk.case, strings);
        let mut sight = sight(&walk.case);
        sight.extend(&kind);
        let places = self.places.entry(walk.case.stage).or_default().entry(kind).or_default();
        let is_room = places.len() < ALIKE_MAX && walk.n_facts < FACTS_MAX;
        if is_room && self.known.insert(sight) {
            places.push(Place { walk: walk.clone().without_steps(), tried: 0 });
        }
    }
}

/// What holds of what must be true at some time.
fn holds(machine: &Machine, case: &Case, strings: &Strings) -> Vec<u16> {
    let view = View { machine, case, event: None, strings };
    let conditions = machine.protocol.conditions.iter();
    conditions.map(|it| script::truth(&it.is, &view).map_or(2, u16::from)).collect()
}

/// What tells places apart besides: where the case is, and what runs or was missed there.
fn sight(case: &Case) -> Vec<u16> {
    let clock = |it: &Clock| {
        let state = match it.state {
            ClockState::Running => 0,
            ClockState::Paused(_) => 1,
            ClockState::Met => 2,
            ClockState::MetLate => 3,
            ClockState::Lapsed => 4,
            ClockState::Cancelled | ClockState::Replaced => return None,
        };
        Some([it.id.deadline.0, state * 2 + u16::from(it.breached)])
    };
    let clocks: BTreeSet<[u16; 2]> = case.clocks.iter().filter_map(clock).collect();
    let place = [case.stage.0, case.rung.0, case.severity.map_or(u16::MAX, |it| it.0)];
    place.into_iter().chain(clocks.into_iter().flatten()).collect()
}
