//! The longest way to the end of a deadline on which everybody is in time.
//!
//! A case is followed along its ways, each pair of stage and rung once. Whatever is done is done at the
//! last moment that no open deadline forbids; what no deadline ends is done at once. The way that
//! lasts longest is a lower bound: some case can take it, and nobody would be in breach.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::cases;
use crate::inspect::lasting::{Lasting, Least, Part};
use crate::inspect::points::{deadlines, edges};
use crate::machine::{Edge, Machine, Node, Why};
use crate::model::{
    Alternative, Branch, CalendarId, Choose, Deadline, DeadlineId, Doer, EventId, LevelId, Party,
    Point, RungId, To, Variable,
};
use crate::script::{Expr, Value};
use crate::time::{Allowance, Term};

/// How many steps are taken over all ways and deadlines together.
const STEPS_MAX: u32 = 20_000;
/// How many deadlines are looked at for one step.
const DEADLINES_A_STEP: u32 = 5;
/// More parts than any message could list.
const PARTS_MAX: usize = 40;

/// Follows the ways of a machine.
pub(crate) struct Ways<'m> {
    machine: &'m Machine,
    leaving: BTreeMap<Node, Vec<Edge>>,
    feasible: BTreeMap<(Node, Why, Option<LevelId>), bool>,
    /// The points that begin or end a clock.
    of_clocks: BTreeSet<Point>,
    least: Least<'m>,
    steps_left: u32,
}

/// Where a case is, and since when.
#[derive(Clone)]
struct State {
    node: Node,
    now: Lasting,
    entered: Lasting,
    open: BTreeMap<DeadlineId, Lasting>,
    been: BTreeSet<Node>,
    stayed: BTreeSet<(Node, Why)>,
}

/// What is looked for.
#[derive(Clone, Copy)]
struct Goal {
    deadline: DeadlineId,
    level: Option<LevelId>,
}

impl<'m> Ways<'m> {
    pub(crate) fn of(machine: &'m Machine) -> Self {
        let mut leaving: BTreeMap<Node, Vec<Edge>> = BTreeMap::new();
        for edge in edges(machine) {
            leaving.entry(edge.from).or_default().push(edge);
        }
        let of_clocks = machine.protocol.deadlines.iter().flat_map(|it| {
            let begin = it.starts.iter().chain(&it.restarts).chain(&it.cancelled_by);
            begin.chain(it.met_by.iter().map(|it| &it.on)).copied()
        });
        Self {
            machine,
            leaving,
            feasible: BTreeMap::new(),
            of_clocks: of_clocks.collect(),
            least: Least::new(&machine.protocol),
            steps_left: STEPS_MAX,
        }
    }

    /// The longest time from the opening until the deadline is met, at one level of severity.
    pub(crate) fn longest(&mut self, deadline: DeadlineId, level: Option<LevelId>) -> Lasting {
        let goal = Goal { deadline, level };
        let mut best = Lasting::default();
        // Each step looks at all deadlines.
        let n_deadlines = u32::try_from(self.machine.protocol.deadlines.len()).unwrap_or(u32::MAX);
        let cost = n_deadlines.div_ceil(DEADLINES_A_STEP);
        for node in self.beginnings(level) {
            let Some(left) = self.steps_left.checked_sub(cost) else { return best };
            self.steps_left = left;
            let mut state = State {
                node,
                now: Lasting::default(),
                entered: Lasting::default(),
                open: BTreeMap::new(),
                been: BTreeSet::from([node]),
                stayed: BTreeSet::new(),
            };
            let points = [Point::Event(EventId::OPENED), Point::Stage(node.stage)];
            self.start(&mut state, &points, goal);
            let mut waiting = vec![state];
            while let Some(state) = waiting.pop() {
                if self.pauses(state.node, deadline) {
                    continue;
                }
                let leaving = self.leaving.get(&state.node).cloned().unwrap_or_default();
                let in_place: Vec<Edge> =
                    leaving.iter().filter(|it| self.can_be_done_here(it, goal)).copied().collect();
                for edge in if in_place.is_empty() { leaving } else { in_place } {
                    let Some(left) = self.steps_left.checked_sub(cost) else { return best };
                    self.steps_left = left;
                    self.step(&state, &edge, goal, &mut best, &mut waiting);
                }
            }
        }
        best
    }

    fn step(
        &mut self,
        from: &State,
        edge: &Edge,
        goal: Goal,
        best: &mut Lasting,
        waiting: &mut Vec<State>,
    ) {
        let machine = self.machine;
        let Some(branch) = machine.branch_of(edge) else { return };
        let stays = edge.to == edge.from;
        let again = match stays {
            true => from.stayed.contains(&(edge.from, edge.why)),
            false => from.been.contains(&edge.to),
        };
        if again || !self.is_feasible(edge, branch, goal.level) {
            return;
        }
        let points = self.points(edge, branch);
        if stays && !self.concerns_a_clock(&points) {
            return;
        }
        let Some(now) = self.latest(from, edge, &points) else { return };
        let whole = &machine.protocol.deadlines[goal.deadline.index()];
        if meets(whole, &points) {
            let longer = now.parts.len() > 1 && now.least_days > best.least_days;
            if longer {
                *best = now;
            }
            return;
        }
        let ended = machine.protocol.stages.get(edge.to.stage.index()).is_some_and(|it| it.end);
        if ended || now.parts.len() >= PARTS_MAX || cancels(whole, &points) {
            return;
        }
        let mut next = State { node: edge.to, now, ..from.clone() };
        next.been.insert(edge.to);
        if stays {
            next.stayed.insert((edge.from, edge.why));
        }
        if enters(edge, branch) {
            next.entered = next.now.clone();
        }
        self.start(&mut next, &points, goal);
        waiting.push(next);
    }

    /// The last moment at which everybody is still in time. Nothing where somebody would be late.
    fn latest(&self, from: &State, edge: &Edge, points: &[Point]) -> Option<Lasting> {
        let protocol = &self.machine.protocol;
        let stage = protocol.stages.get(edge.from.stage.index())?;
        let after = |term: Term, rule| {
            let part =
                Part { term, calendar: CalendarId(0), rules: protocol.counts, rule, joined: true };
            from.entered.and(part, &self.least)
        };
        let mut ends: Vec<Lasting> = from.open.values().cloned().collect();
        if let Why::After(place) = edge.why {
            let timer = stage.after.get(usize::from(place))?;
            let now = after(timer.term, timer.branch.rule);
            let late = ends.iter().any(|due| due.least_days < now.least_days);
            return (!late).then_some(now);
        }
        // Only others take the time that a stage gives them; the organisation has its deadlines.
        let theirs = self.is_of_others(edge);
        let timers = stage.after.iter().filter(|it| theirs && it.branch.when.is_none());
        let timers: Vec<Lasting> = timers.map(|it| after(it.term, it.branch.rule)).collect();
        let met = |id: &DeadlineId| meets(&protocol.deadlines[id.index()], points);
        let has_end = !timers.is_empty() || from.open.keys().any(met);
        if !has_end {
            return Some(from.now.clone());
        }
        ends.extend(timers);
        let is_cut = ends.len() > 1;
        let first = ends.into_iter().min_by_key(|it| it.least_days)?;
        let late = first.least_days < from.now.least_days;
        (!late).then_some(Lasting { is_cut, ..first })
    }

    /// Whether an edge meets the deadline and leaves the case where it is, by an act of the
    /// organisation: then no later step has to be waited for.
    fn can_be_done_here(&self, edge: &Edge, goal: Goal) -> bool {
        let Some(branch) = self.machine.branch_of(edge) else { return false };
        let free = branch.when.is_none() && edge.to == edge.from && !self.is_of_others(edge);
        let whole = &self.machine.protocol.deadlines[goal.deadline.index()];
        free && meets(whole, &self.points(edge, branch))
    }

    fn is_of_others(&self, edge: &Edge) -> bool {
        let Why::Event(event, _) = edge.why else { return false };
        let event = self.machine.protocol.events.get(event.index());
        let others = [Doer::Party(Party::Complainant), Doer::Party(Party::Respondent)];
        event.is_some_and(|it| it.by.iter().any(|by| others.contains(by)))
    }

    /// Ends and begins clocks on these points.
    fn start(&self, state: &mut State, points: &[Point], goal: Goal) {
        let protocol = &self.machine.protocol;
        let met: BTreeSet<DeadlineId> = deadlines(protocol)
            .filter(|(id, it)| state.open.contains_key(id) && meets(it, points))
            .map(|(id, _)| id)
            .collect();
        let here = |point: &Point| match point {
            Point::Met(id) => met.contains(id),
            other => points.contains(other),
        };
        state.open.retain(|id, _| {
            !met.contains(id) && !protocol.deadlines[id.index()].cancelled_by.iter().any(here)
        });
        for (id, deadline) in deadlines(protocol).filter(|(id, _)| *id != goal.deadline) {
            let on = |list: &[Point]| list.iter().any(here);
            let open = state.open.contains_key(&id);
            let begins = on(&deadline.restarts) || (on(&deadline.starts) && !open);
            // What each entry of a record is given holds up no step: an entry is added or not.
            let holds_nothing_up = deadline.window || deadline.for_each.is_some();
            if !begins || holds_nothing_up || deadline.every.is_some() {
                continue;
            }
            state.open.remove(&id);
            let rung = state.node.rung;
            let Some(term) = shortest(deadline, goal.level, rung, self) else { continue };
            let part = Part {
                term,
                calendar: deadline.calendar,
                rules: deadline.counts,
                rule: deadline.rule,
                joined: true,
            };
            state.open.insert(id, state.now.and(part, &self.least));
        }
    }

    fn points(&self, edge: &Edge, branch: &Branch) -> Vec<Point> {
        let mut points: Vec<Point> = branch.sends.iter().map(|it| Point::Letter(*it)).collect();
        if let Why::Event(event, _) = edge.why {
            points.push(Point::Event(event));
        }
        if enters(edge, branch) {
            points.push(Point::Stage(edge.to.stage));
        }
        if edge.to.rung > edge.from.rung {
            points.extend([Point::Escalated, Point::Rung(edge.to.rung)]);
        }
        points
    }

    fn concerns_a_clock(&self, points: &[Point]) -> bool {
        points.iter().any(|it| self.of_clocks.contains(it))
    }

    fn pauses(&self, node: Node, deadline: DeadlineId) -> bool {
        let stage = self.machine.protocol.stages.get(node.stage.index());
        stage.is_some_and(|it| it.pauses.iter().any(|pausing| pausing.deadline == deadline))
    }

    /// The pairs in which a case of this level can begin.
    fn beginnings(&self, level: Option<LevelId>) -> Vec<Node> {
        let protocol = &self.machine.protocol;
        let all = self.machine.graph().starts().to_vec();
        let placing = protocol.ladder.iter().zip(0_u16..);
        let placing: Vec<(&Expr, u16)> =
            placing.filter_map(|(it, rung)| Some((it.start_when.as_ref()?, rung))).collect();
        let conditions: Vec<&Expr> = placing.iter().map(|(it, _)| *it).collect();
        let mut rungs = BTreeSet::new();
        let possible = |variable, value| self.is_possible(variable, value, None, level);
        let complete = cases::each(&conditions, protocol, possible, |_, held| {
            let placed = placing.iter().zip(held).filter(|(_, holds)| **holds);
            rungs.insert(placed.map(|((_, rung), _)| *rung).max().unwrap_or(0));
        });
        match complete && !conditions.is_empty() {
            true => all.into_iter().filter(|it| rungs.contains(&it.rung.0)).collect(),
            false => all,
        }
    }

    /// Whether some case of this level takes the branch there.
    fn is_feasible(&mut self, edge: &Edge, branch: &Branch, level: Option<LevelId>) -> bool {
        let key = (edge.from, edge.why, level);
        if let Some(known) = self.feasible.get(&key) {
            return *known;
        }
        let stage = &self.machine.protocol.stages[edge.from.stage.index()];
        let earlier: Vec<&Expr> = match edge.why {
            Why::Event(event, place) => {
                let of_event = stage.on.iter().filter(|it| it.event == event);
                let branches = of_event.flat_map(|it| &it.branches).take(usize::from(place));
                branches.filter_map(|it| it.when.as_ref()).collect()
            }
            _ => Vec::new(),
        };
        let n_earlier = earlier.len();
        let conditions: Vec<&Expr> = earlier.into_iter().chain(branch.when.as_ref()).collect();
        let mut found = conditions.is_empty();
        let possible = |variable, value| self.is_possible(variable, value, Some(edge.from), level);
        let complete = cases::each(&conditions, &self.machine.protocol, possible, |_, held| {
            let (before, own) = held.split_at(n_earlier.min(held.len()));
            found |= before.iter().all(|holds| !holds) && own.iter().all(|holds| *holds);
        });
        let feasible = found || !complete;
        self.feasible.insert(key, feasible);
        feasible
    }

    fn is_possible(
        &self,
        variable: Variable,
        value: Value,
        node: Option<Node>,
        level: Option<LevelId>,
    ) -> bool {
        match (variable, value) {
            (Variable::Severity, Value::Choice(it)) => level.is_none_or(|level| level.0 == it),
            (Variable::Rung, Value::Choice(it)) => node.is_none_or(|node| node.rung.0 == it),
            (Variable::Stage, Value::Choice(it)) => node.is_none_or(|node| node.stage.0 == it),
            (Variable::Field(_), Value::Unset) => {
                !cases::set_from_the_start(&self.machine.protocol, variable)
            }
            (Variable::Channel, Value::Unset) => true,
            (_, Value::Unset) => false,
            _ => true,
        }
    }
}

fn enters(edge: &Edge, branch: &Branch) -> bool {
    matches!(branch.to, To::Stage(_)) || edge.to.stage != edge.from.stage
}

fn meets(deadline: &Deadline, points: &[Point]) -> bool {
    deadline.met_by.iter().any(|it| it.when.is_none() && points.contains(&it.on))
}

fn cancels(deadline: &Deadline, points: &[Point]) -> bool {
    deadline.cancelled_by.iter().any(|it| points.contains(it))
}

/// The terms that may apply to a case of this level on this rung.
pub(crate) fn alternatives(
    deadline: &Deadline,
    level: Option<LevelId>,
    rung: Option<RungId>,
) -> Vec<&Alternative> {
    let chosen = match (&deadline.choose, level, rung) {
        (Choose::BySeverity(places), Some(level), _) => places.get(level.index()),
        (Choose::ByRung(places), _, Some(rung)) => places.get(rung.index()),
        _ => None,
    };
    match chosen.and_then(|place| deadline.alternatives.get(usize::from(*place))) {
        Some(one) => vec![one],
        None => deadline.alternatives.iter().collect(),
    }
}

/// The term that ends first of all that may apply. Nothing where the case may have none.
fn shortest(
    deadline: &Deadline,
    level: Option<LevelId>,
    rung: RungId,
    ways: &Ways<'_>,
) -> Option<Term> {
    let lasts = |term: &Term| {
        let part = Part {
            term: *term,
            calendar: deadline.calendar,
            rules: deadline.counts,
            rule: deadline.rule,
            joined: true,
        };
        Lasting::default().and(part, &ways.least).least_days
    };
    let mut all = Vec::new();
    for alternative in alternatives(deadline, level, Some(rung)) {
        match &alternative.allowance {
            Allowance::Promptly => return None,
            // Which of `max` ends last is not known, so the shortest is taken here as well.
            other => all.extend(other.terms()),
        }
    }
    all.into_iter().min_by_key(|term| (lasts(term), *term))
}
