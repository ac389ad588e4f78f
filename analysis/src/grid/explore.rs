//! Everything that can happen from one date on, one look after the other.

use engine::machine::Machine;
use engine::model::DeadlineId;
use engine::runtime::{Case, Context, Decision, FactKind, apply, decide, next_due, wake};
use engine::text::Strings;
use engine::time::{Instant, NaiveDate, NaiveTime};

use super::course::{End, course, days};
use super::found::{Extent, Found, OfGoal};
use super::goal::{Goal, Seen, happens, holds};
use super::key::Keys;
use super::looks::Looks;
use super::moves::Moves;
use super::walk::{Walk, Witness};

/// How far is looked.
#[derive(Clone, Debug)]
pub struct Options {
    /// The date on which the case is opened, in the protocol's zone.
    pub opened_on: NaiveDate,
    /// How many calendar days are looked at, that date included.
    pub days: u32,
    /// The times of day at which anybody may act, in the protocol's zone; at due instants and the
    /// instant after them anybody may act as well.
    pub times: Vec<NaiveTime>,
    /// Deadlines that are taken to be met in time.
    pub assume: Vec<DeadlineId>,
    /// The most situations to look at.
    pub situations_max: usize,
}

/// Follows a case from every look of its first day.
#[must_use]
pub fn explore(machine: &Machine, goals: &[Goal], options: &Options) -> Found {
    let mut strings = machine.strings();
    let moves = Moves::new(machine, &mut strings);
    let looks = Looks::new(machine, options.opened_on, options.days, &options.times);
    let keys = Keys::new(machine);
    let grid = Grid { machine, strings: &strings, moves, looks, keys, options };
    let mut walk = Walk::new(machine, goals);
    let extent = grid.walk(&mut walk);
    if extent != Extent::Budget {
        walk.find_stuck();
    }
    let course = |it: &Witness| course(machine, &strings, walk.events(it), it.end);
    let goals = walk.watched.iter().map(|it| OfGoal {
        broken: it.broken.as_ref().map(course),
        worst: it.worst.as_ref().map(course),
    });
    Found { goals: goals.collect(), situations: walk.len(), extent }
}

/// What does not change on the way.
struct Grid<'a> {
    machine: &'a Machine,
    strings: &'a Strings,
    moves: Moves<'a>,
    looks: Looks,
    keys: Keys<'a>,
    options: &'a Options,
}

impl Grid<'_> {
    fn walk(&self, walk: &mut Walk<'_>) -> Extent {
        let root = walk.root(Case::new(self.machine));
        for at in self.looks.first(self.options.times.len()) {
            self.report(walk, root, *at, &mut Vec::new());
        }
        let mut extent = Extent::Whole;
        while let Some((at, mut now)) = walk.earliest() {
            // What is reported at an instant may add to its own layer.
            let mut next = 0;
            while let Some(node) = now.get(next).copied() {
                if walk.len() > self.options.situations_max {
                    return Extent::Budget;
                }
                self.look_at(walk, node, at);
                let is_last = self.report(walk, node, at, &mut now);
                if !self.pass(walk, node, at, is_last) {
                    walk.cut(node);
                    extent = Extent::Days;
                }
                walk.done(node);
                next += 1;
            }
            walk.leave(at);
        }
        extent
    }

    /// Asks of a situation what must be possible in it.
    fn look_at(&self, walk: &mut Walk<'_>, node: usize, at: Instant) {
        let context = Context::new(self.strings);
        let Some(case) = walk.case(node) else { return };
        let is_refused = |goal: Goal| {
            let (event, when) = goal.possible(self.machine)?;
            let asked = when.is_none_or(|it| holds(self.machine, self.strings, case, it));
            let mut ways = self.moves.of(event, case, at).into_iter();
            let accepts = |event| decide(self.machine, case, &event, &context).is_ok();
            Some(asked && !ways.any(accepts))
        };
        let refused: Vec<bool> =
            walk.watched.iter().map(|it| is_refused(it.goal) == Some(true)).collect();
        for (watched, is_refused) in walk.watched.iter_mut().zip(refused) {
            if is_refused && watched.broken.is_none() {
                watched.broken = Some(Witness { node, event: None, end: end(at) });
            }
        }
        walk.arrived(node);
    }

    /// Tries everything that can be reported at an instant. Says whether nothing could be that
    /// makes another situation.
    fn report(&self, walk: &mut Walk<'_>, node: usize, at: Instant, now: &mut Vec<usize>) -> bool {
        let context = Context::new(self.strings);
        let Some(case) = walk.case(node).cloned() else { return true };
        let own = self.keys.of(&case, at);
        let mut is_last = true;
        for event in self.moves.now(&case, at) {
            let Ok(decision) = decide(self.machine, &case, &event, &context) else { continue };
            let witness = Witness { node, event: Some(event), end: end(at) };
            let Some(after) = self.follow(walk, &case, &decision, &witness) else { continue };
            let key = self.keys.of(&after, at);
            is_last &= key == own;
            now.extend(walk.meet(at, key, after, witness));
        }
        is_last
    }

    /// Lets time pass to the next look. Says whether all that can come of it is looked at.
    fn pass(&self, walk: &mut Walk<'_>, node: usize, at: Instant, is_last: bool) -> bool {
        let context = Context::new(self.strings);
        let Some(case) = walk.case(node).cloned() else { return true };
        if is_last && next_due(&case).is_none() {
            return true;
        }
        let Some(until) = self.looks.after(&case, at) else { return false };
        let Ok(decision) = wake(self.machine, &case, until, &context) else { return true };
        let witness = Witness { node, event: None, end: end(until) };
        if let Some(after) = self.follow(walk, &case, &decision, &witness) {
            let key = self.keys.of(&after, until);
            walk.meet(until, key, after, witness);
        } else {
            walk.cut(node);
        }
        true
    }

    /// The case after a decision, having seen what the decision says of the goals; `None` where
    /// it breaks an assumption.
    fn follow(
        &self,
        walk: &mut Walk<'_>,
        case: &Case,
        decision: &Decision,
        witness: &Witness,
    ) -> Option<Case> {
        let is_missed = |kind: &FactKind| match kind {
            FactKind::Breached { clock } | FactKind::Lapsed { clock } => {
                self.options.assume.contains(&clock.deadline)
            }
            _ => false,
        };
        let mut after = case.clone();
        for fact in &decision.facts {
            if is_missed(&fact.kind) {
                return None;
            }
            for watched in &mut walk.watched {
                let happens = watched.points.is_some_and(|points| happens(points, fact));
                watched.ways.iter_mut().filter(|_| happens).for_each(|it| it.able(witness.node));
                let Some(seen) = watched.goal.seen(self.machine, &after, fact) else { continue };
                let (Seen::Broken(begun) | Seen::Kept(begun)) = seen;
                let end = End { at: fact.at, begun, ..witness.end };
                let days = days(self.machine, end);
                if days > watched.days {
                    watched.days = days;
                    watched.worst = Some(Witness { end, ..witness.clone() });
                }
                if matches!(seen, Seen::Broken(_)) && watched.broken.is_none() {
                    watched.broken = Some(Witness { end, ..witness.clone() });
                }
            }
            apply(&mut after, fact);
        }
        // What nobody asked for begins anew, and makes no situations of its own.
        let asked = |id| walk.watched.iter().any(|it| it.goal == Goal::Holds(id));
        after.promises.retain(|it| asked(it.guarantee));
        Some(after)
    }
}

const fn end(until: Instant) -> End {
    End { until, at: until, begun: None }
}
