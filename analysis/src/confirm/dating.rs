//! A path gets its dates: depth first over its steps, with the real engine.

use engine::machine::Machine;
use engine::model::GuaranteeId;
use engine::runtime::next_due;
use engine::time::Instant;

use crate::confirm::acts::Named;
use crate::confirm::brought;
use crate::confirm::effort::Effort;
use crate::confirm::goal::{Found, Goal};
use crate::confirm::instants::{Fine, Sought, instants};
use crate::confirm::replay::{is_as_assumed, replay};
use crate::confirm::walk::{Engine, Walk};
use crate::confirm::window::{Telling, Window};
use crate::taken::{Reported, Taken};
use crate::verdict::Course;

/// How often the engine is asked for one path where nobody says otherwise.
pub const CALLS_MAX: u32 = 30_000;

/// How often it is asked for one beginning before the next is tried.
const CALLS_OF_A_START: u32 = 400;

/// How often a course may leave what is tried first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turns {
    AtMost(u32),
    Any,
}

impl Turns {
    /// What is left after one; nothing where none was left.
    const fn one_less(self) -> Option<Self> {
        match self {
            Self::Any => Some(Self::Any),
            Self::AtMost(0) => None,
            Self::AtMost(n) => Some(Self::AtMost(n - 1)),
        }
    }
}

/// Where the most is looked for, so often the engine is asked after the last course that was better
/// before it is left at that, and once more as often as it took to find that one.
const IDLE_CALLS: u32 = 3_000;

/// A round over all beginnings.
struct Phase {
    fine: Fine,
    turns: Turns,
    /// It may ask one in so many of the calls that are left.
    share: u32,
}

const PHASES: [Phase; 3] = [
    Phase { fine: Fine::Ends, turns: Turns::AtMost(1), share: 2 },
    Phase { fine: Fine::Ends, turns: Turns::Any, share: 2 },
    Phase { fine: Fine::Days, turns: Turns::Any, share: 1 },
];

/// How often time may act between two steps of a path, and after the last.
const ACTS_BETWEEN_MAX: usize = 64;

/// A course on real dates that takes the steps of a path and shows the goal, as the engine itself
/// says it; nothing where none was found within the window and [`CALLS_MAX`]. Deterministic.
#[must_use]
pub fn confirm(machine: &Machine, path: &[Taken], goal: Goal, window: Window) -> Option<Course> {
    confirm_any(machine, [path], goal, window, Effort::of(CALLS_MAX))
}

/// The same by the first of some paths for which there is one, asking the engine at most so often
/// for each.
#[must_use]
pub fn confirm_any<'p>(
    machine: &Machine,
    paths: impl IntoIterator<Item = &'p [Taken]>,
    goal: Goal,
    window: Window,
    effort: Effort<'_>,
) -> Option<Course> {
    let mut paths = paths.into_iter().peekable();
    paths.peek().filter(|_| !effort.patience.is_over())?;
    let telling = window.telling_of(machine, goal);
    paths.find_map(|path| dated(machine, path, goal, &telling, (effort, None)))
}

/// The same, of courses that begin at one of these instants.
#[must_use]
pub fn confirm_from(
    machine: &Machine,
    path: &[Taken],
    goal: Goal,
    starts: Vec<Instant>,
    effort: Effort<'_>,
) -> Option<Course> {
    let telling = Telling { starts, slow: Vec::new() };
    dated(machine, path, goal, &telling, (effort, None))
}

/// A course by a path. Where the most calendar days are looked for, `enough` of them cannot be
/// outdone.
fn dated(
    machine: &Machine,
    path: &[Taken],
    goal: Goal,
    telling: &Telling,
    (effort, enough): (Effort<'_>, Option<u32>),
) -> Option<Course> {
    let named = Named::new(machine, path, goal);
    let mut dating = Dating {
        engine: Engine::new(machine, 0, effort.patience),
        path,
        named,
        goal,
        slow: &telling.slow,
        fine: Fine::Ends,
        turns: Turns::Any,
        enough,
        best: None,
        best_at: 0,
    };
    let mut left = effort.calls;
    'all: for phase in PHASES {
        (dating.fine, dating.turns) = (phase.fine, phase.turns);
        let mut of_phase = left / phase.share;
        left = left.saturating_sub(of_phase);
        let n_starts = u32::try_from(telling.starts.len().max(1)).unwrap_or(u32::MAX);
        let each = CALLS_OF_A_START.max(of_phase / n_starts);
        // The first beginning is a plain one: what lies in the middle of a path is tried there.
        let first = std::iter::once(of_phase / 2);
        for (start, calls) in telling.starts.iter().zip(first.chain(std::iter::repeat(each))) {
            let calls = calls.max(each).min(of_phase);
            dating.engine.allow(calls);
            let is_enough = dating.begun(*start);
            of_phase = of_phase.saturating_sub(calls.saturating_sub(dating.engine.left()));
            if is_enough {
                break 'all;
            }
            if dating.is_idle() {
                break 'all;
            }
            if of_phase == 0 || dating.engine.is_over() {
                break;
            }
        }
        left = left.saturating_add(of_phase);
    }
    let (found, walk) = dating.best?;
    course(&dating.engine, &walk, found, goal)
}

/// Of the courses that take the steps of one of some paths, that on which the guarantee takes the
/// most calendar days until it is kept, or broken: what is found is a witness, so that it takes at
/// least as long. Where it is known that it takes no more than `at_most` days, looking ends with a
/// course that takes so many.
#[must_use]
pub fn worst<'p>(
    machine: &Machine,
    paths: impl IntoIterator<Item = &'p [Taken]>,
    guarantee: GuaranteeId,
    window: Window,
    (effort, at_most): (Effort<'_>, Option<u32>),
) -> Option<Course> {
    let goal = Goal::Latest(guarantee);
    let mut paths = paths.into_iter().peekable();
    paths.peek().filter(|_| !effort.patience.is_over())?;
    let telling = window.telling_of(machine, goal);
    let mut longest: Option<Course> = None;
    for path in paths {
        if at_most.is_some_and(|most| longest.as_ref().is_some_and(|it| it.days >= Some(most))) {
            break;
        }
        let Some(course) = dated(machine, path, goal, &telling, (effort, at_most)) else {
            continue;
        };
        // The first of several that are alike.
        if longest.as_ref().is_none_or(|it| course.days > it.days) {
            longest = Some(course);
        }
    }
    longest
}

/// The course that a walk is, once the engine has been through it from nothing.
pub(super) fn course(engine: &Engine<'_>, walk: &Walk, found: Found, goal: Goal) -> Option<Course> {
    let events: Vec<_> = walk.events().filter(|it| it.at <= found.at).cloned().collect();
    let after = found.at.plus_ms(1).unwrap_or(found.at);
    // What happened by an event is there at once; what time did, just after its instant.
    let by_event = events.last().is_some_and(|it| it.at == found.at);
    let course = |until| Course {
        strings: engine.strings.clone(),
        events: events.clone(),
        until,
        at: found.at,
        days: found.days,
    };
    let shows = |course: &Course| {
        replay(engine.machine, course, goal).is_some_and(|(again, _)| again == found)
    };
    let at_once = by_event.then(|| course(found.at)).filter(shows);
    let course = at_once.or_else(|| Some(course(after)).filter(shows));
    debug_assert!(course.is_some(), "the engine does not confirm what it was asked step by step");
    course
}

struct Dating<'p, 'm> {
    engine: Engine<'m>,
    path: &'p [Taken],
    named: Named<'p>,
    goal: Goal,
    /// The instants after which working days are fewest.
    slow: &'p [Instant],
    fine: Fine,
    turns: Turns,
    enough: Option<u32>,
    best: Option<(Found, Walk)>,
    /// How often the engine had been asked when that was found.
    best_at: u32,
}

impl Dating<'_, '_> {
    /// Whether nothing better was found for long.
    const fn is_idle(&self) -> bool {
        let since = self.engine.asked().saturating_sub(self.best_at);
        self.best.is_some() && since > IDLE_CALLS.saturating_add(self.best_at)
    }

    /// Tries a path from an instant on; says whether what was found is enough.
    fn begun(&mut self, start: Instant) -> bool {
        let walk = Walk::new(self.engine.machine);
        match self.path.first() {
            Some(Taken::Event(said)) => self.reported(&walk, 0, said, &[start], self.turns),
            _ => false,
        }
    }

    /// Goes on from a place of the path.
    fn go_on(&mut self, walk: &Walk, place: usize, turns: Turns) -> bool {
        if self.seen(walk, place) {
            return true;
        }
        match self.path.get(place) {
            _ if self.engine.left() == 0 => false,
            None => self.wait(walk),
            Some(Taken::Event(said)) => {
                let first = self.goal.first(self.engine.machine);
                let sought = Sought { said, place, fine: self.fine, first, slow: self.slow };
                let instants = instants(&mut self.engine, walk, &self.named, sought);
                self.reported(walk, place, said, &instants, turns)
            }
            Some(_) => self.acted(walk, place, turns),
        }
    }

    /// Reports the event of a place at each of some instants.
    fn reported(
        &mut self,
        walk: &Walk,
        place: usize,
        said: &Reported,
        instants: &[Instant],
        turns: Turns,
    ) -> bool {
        let first = self.goal.first(self.engine.machine);
        let mut is_first = true;
        for at in instants {
            let event = brought::event(&mut self.engine, walk, said, *at);
            for event in brought::variants(&mut self.engine, walk, event, first) {
                let Some(next) = self.engine.report(walk, &event) else { continue };
                let made = next.made();
                let passed = made.iter().take_while(|it| it.cause.is_none()).count();
                let passed = made.get(..passed).unwrap_or_default();
                if self.named.after(place, passed) != Some(place) {
                    continue;
                }
                // All but the first that is possible are a turn.
                let left = match std::mem::replace(&mut is_first, false) {
                    true => Some(turns),
                    false => turns.one_less(),
                };
                let Some(left) = left else { return false };
                if self.go_on(&next, place.saturating_add(1), left) {
                    return true;
                }
            }
        }
        false
    }

    /// Lets time act until it has done what the path says.
    fn acted(&mut self, walk: &Walk, place: usize, turns: Turns) -> bool {
        let mut walk = walk.clone();
        for _ in 0..ACTS_BETWEEN_MAX {
            let Some(next) = next_due(&walk.case) else { return false };
            let Some(after) = self.engine.pass(&walk, next) else { return false };
            match self.named.after(place, after.made()) {
                None => return false,
                Some(later) if later > place => return self.go_on(&after, later, turns),
                Some(_) => walk = after,
            }
        }
        false
    }

    /// After the last step nobody does anything more.
    fn wait(&mut self, walk: &Walk) -> bool {
        let mut walk = walk.clone();
        for _ in 0..ACTS_BETWEEN_MAX {
            if !self.goal.is_left(&walk.case) {
                return false;
            }
            let Some(next) = next_due(&walk.case) else { return false };
            let Some(after) = self.engine.pass(&walk, next) else { return false };
            if self.seen(&after, self.path.len()) {
                return true;
            }
            walk = after;
        }
        false
    }

    /// Keeps a walk that shows the goal; says whether no better one is looked for.
    fn seen(&mut self, walk: &Walk, place: usize) -> bool {
        let machine = self.engine.machine;
        let is_done = self.goal != Goal::Taken || place >= self.path.len();
        let Some(found) = self.goal.found(machine, walk.facts()).filter(|_| is_done) else {
            return false;
        };
        if !is_as_assumed(machine, self.goal, walk.facts()) {
            return false;
        }
        if self.best.as_ref().is_none_or(|(best, _)| found.days > best.days) {
            self.best = Some((found, walk.clone()));
            self.best_at = self.engine.asked();
        }
        !self.goal.is_a_most() || self.enough.is_some_and(|it| found.days >= Some(it))
    }
}
