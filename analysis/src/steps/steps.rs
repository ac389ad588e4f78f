//! Every step that a case can take from where it is, as the engine decides it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::{DeadlineId, EventId, FieldId, Point, RuleId, StageId};
use engine::runtime::{
    Case, ClockState, Context, Event, Fact, FactKind, Mark, MarkKind, NoDecision, Oracle, Scratch,
    View, act_asking, decide_asking,
};
use engine::script::{Expr, Value};
use engine::text::Strings;

use crate::steps::follow::{Origin, begun, origins, points};
use crate::steps::given::{Anchor, Given, Known, known};
use crate::steps::key::{Counted, Item, Key, Standing};
use crate::steps::live::Live;
use crate::steps::normal::{Hints, Normal, long_before};
use crate::steps::oracle::{Choices, Chooser, Chosen, Report};
use crate::steps::reports::{self, tries};
use crate::steps::{About, Matters};
use crate::{Reported, Taken};

/// One step that a case can take.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub taken: Taken,
    /// The place of what time acts on; `None` for an event.
    pub acts: Option<usize>,
    /// From when each thing counts that is counted afterwards, in the order of the next key.
    pub origins: Vec<Origin>,
    /// What must have been over already, had it been counted so: because of a change it is due at
    /// the instant of this step. By the place before the step.
    pub past: Vec<(usize, Counted)>,
    /// The points of the decision, sorted.
    pub points: Vec<Point>,
    /// Conditions that were answered either way.
    pub opaque: Vec<RuleId>,
    /// What was found out of fields that an earlier event has brought, or the values that they
    /// had all along.
    pub learned: Vec<(FieldId, Value)>,
    /// The fields that the event brings and of which nothing is known.
    pub left_open: Vec<FieldId>,
    /// What became of the guarantee that is watched.
    pub promise: PromiseFacts,
    /// Where the case is then.
    pub next: Key,
}

/// What a step says of the guarantee that is watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PromiseFacts {
    /// It was begun, or counted once more.
    pub promised: bool,
    /// It was kept.
    pub kept: bool,
    /// It did not hold.
    pub broken: bool,
}

/// The steps of the cases of a protocol.
#[derive(Debug)]
pub struct Steps<'m> {
    normal: Normal<'m>,
    strings: Strings,
    ignored: BTreeSet<RuleId>,
    known: BTreeMap<Key, Arc<[Step]>>,
    faults: BTreeSet<RuleId>,
    scratch: Scratch,
}

/// How many decisions one key is asked for at most; a condition that is left out of this is
/// counted as a fault.
const DECISIONS_MAX: usize = 20_000;

impl<'m> Steps<'m> {
    /// The steps, so far as they matter for what is asked.
    #[must_use]
    pub fn new(machine: &'m Machine, about: &About) -> Self {
        let matters = Matters::new(machine, about);
        let given = Given::new(machine, &matters);
        let ignored = matters.ignored(machine);
        let live = Live::new(machine, &matters);
        let anchor = Anchor::new(machine);
        Self {
            normal: Normal { machine, matters, given, live, anchor },
            strings: machine.strings(),
            ignored,
            known: BTreeMap::new(),
            faults: BTreeSet::new(),
            scratch: Scratch::new(machine),
        }
    }

    /// The machine.
    #[must_use]
    pub const fn machine(&self) -> &'m Machine {
        self.normal.machine
    }

    /// What can influence what is asked.
    #[must_use]
    pub const fn matters(&self) -> &Matters {
        &self.normal.matters
    }

    /// Entries whose conditions, or dates, could not be decided: what they would do is not among
    /// the steps.
    #[must_use]
    pub const fn faults(&self) -> &BTreeSet<RuleId> {
        &self.faults
    }

    /// A case of which nothing is known yet.
    #[must_use]
    pub fn start(&self) -> Key {
        self.normal.key(Case::new(self.normal.machine), &Hints::default())
    }

    /// The key of a case as the engine has it.
    #[must_use]
    pub fn key_of(&self, case: &Case) -> Key {
        self.normal.key(case.clone(), &Hints::default())
    }

    /// Whether a condition may hold of a case with this key, between two events.
    pub fn may_hold(&mut self, key: &Key, condition: &Expr) -> bool {
        self.answers(key, condition).contains(&true)
    }

    /// Whether a condition holds of every case with this key, between two events.
    pub fn must_hold(&mut self, key: &Key, condition: &Expr) -> bool {
        !self.answers(key, condition).contains(&false)
    }

    /// What a condition may say of a case with this key.
    fn answers(&self, key: &Key, condition: &Expr) -> BTreeSet<bool> {
        let machine = self.normal.machine;
        let view = View { machine, case: key.case(), event: None, strings: &self.strings };
        let choices = RefCell::new(Choices::default());
        let mut answers = BTreeSet::new();
        let none = RuleId(u32::MAX);
        for _ in 0..DECISIONS_MAX {
            let mut chooser = Chooser {
                machine,
                given: &self.normal.given,
                ignored: &self.ignored,
                report: None,
                choices: &choices,
                chosen: RefCell::default(),
            };
            match chooser.truth(condition, &view, none) {
                Ok(answer) => answers.insert(answer),
                Err(_) => answers.insert(true) | answers.insert(false),
            };
            if !choices.borrow_mut().advance() {
                break;
            }
        }
        answers
    }

    /// Every step, in a fixed order; those that change nothing that matters are left out.
    pub fn successors(&mut self, key: &Key) -> Arc<[Step]> {
        if let Some(known) = self.known.get(key) {
            return Arc::clone(known);
        }
        let mut steps = Vec::new();
        for case in self.variants(key.case()) {
            self.by_event(key, &case, &mut steps);
            self.by_time(key, &case, &mut steps);
        }
        let mut found: Vec<Step> = Vec::new();
        for step in steps {
            if !found.contains(&step) {
                found.push(step);
            }
        }
        let steps: Arc<[Step]> = found.into();
        self.known.insert(key.clone(), Arc::clone(&steps));
        steps
    }

    /// The case, and the same where nothing is left of the limits of pauses of which that is not
    /// known.
    fn variants(&self, case: &Case) -> Vec<Case> {
        let mut variants = vec![case.clone()];
        for at in 0..case.marks.len() {
            let Some(Mark { at: from, kind: MarkKind::Paused(_), .. }) = case.marks.get(at) else {
                continue;
            };
            let is_over = case.marks.get(at + 1).is_some_and(|it| it.kind == MarkKind::Resumed);
            if !is_over || *from < self.normal.anchor.before {
                continue;
            }
            let used = variants.iter().map(|it| {
                let mut used = it.clone();
                used.marks[at].at = long_before(used.marks[at].at);
                used
            });
            let used: Vec<Case> = used.collect();
            variants.extend(used);
        }
        variants
    }

    fn by_event(&mut self, key: &Key, case: &Case, steps: &mut Vec<Step>) {
        for tried in tries(&self.normal, case) {
            let decided = Decided::Event(&tried.event, &tried.report);
            self.decide(key, &tried.case, &decided, steps);
        }
    }

    fn by_time(&mut self, key: &Key, case: &Case, steps: &mut Vec<Step>) {
        let now = self.normal.anchor.now;
        for (place, open) in key.open().iter().enumerate() {
            let mut case = case.clone();
            let taken = match (open.item, open.standing) {
                (Item::Clock(id), standing) => {
                    let mut clocks = case.clocks.iter_mut();
                    let clock = clocks.find(|it| it.id.deadline == id && it.is_open());
                    let Some(clock) = clock else { continue };
                    match standing {
                        Standing::Runs => {
                            clock.times.due = Some(now);
                            Taken::Clock(id)
                        }
                        Standing::Stands(_) if clock.times.alarm.is_some() => {
                            clock.times.alarm = Some(now);
                            Taken::Resumes(id)
                        }
                        Standing::Stands(_) => continue,
                    }
                }
                (Item::Timer(place), _) => {
                    let of = case.timers.iter_mut().filter(|it| it.place == place);
                    of.for_each(|it| it.due = now);
                    Taken::Timer(place)
                }
                (Item::Promise(id), _) => {
                    let of = case.promises.iter_mut().filter(|it| it.guarantee == id);
                    of.for_each(|it| it.due = Some(now));
                    Taken::Promise(id)
                }
                (Item::Waiting(_) | Item::Opened, _) => continue,
            };
            self.decide(key, &case, &Decided::Time(place, taken), steps);
        }
    }

    /// Decides one thing in every way.
    fn decide(&mut self, key: &Key, case: &Case, what: &Decided<'_>, steps: &mut Vec<Step>) {
        let machine = self.normal.machine;
        let context = Context::new(&self.strings);
        let choices = RefCell::new(Choices::default());
        for _ in 0..DECISIONS_MAX {
            let mut chooser = Chooser {
                machine,
                given: &self.normal.given,
                ignored: &self.ignored,
                report: what.report(),
                choices: &choices,
                chosen: RefCell::default(),
            };
            let scratch = &mut self.scratch;
            let decided = match what {
                Decided::Event(event, _) => {
                    decide_asking(machine, case, event, &context, &mut chooser, scratch)
                }
                Decided::Time(..) => act_asking(machine, case, &context, &mut chooser, scratch),
            };
            let chosen = chooser.chosen.into_inner();
            match decided {
                Ok(()) => match harvest(&self.normal, key, case, what, &chosen, &self.scratch) {
                    Some(found) => steps.extend(found),
                    None => {
                        self.faults.insert(machine.protocol.stages[case.stage.index()].rule);
                    }
                },
                Err(NoDecision::Faulted(fault)) => {
                    self.faults.insert(fault.rule);
                }
                Err(NoDecision::Refused(_)) => {}
            }
            if !choices.borrow_mut().advance() {
                return;
            }
        }
        self.faults.insert(machine.protocol.stages[case.stage.index()].rule);
    }
}

/// How many clocks are counted otherwise in one decision at most: each may be over by then or not.
const CHANGED_MAX: usize = 4;

/// What is decided.
enum Decided<'a> {
    Event(&'a Event, &'a Report),
    Time(usize, Taken),
}

impl Decided<'_> {
    const fn report(&self) -> Option<&Report> {
        match self {
            Self::Event(_, report) => Some(report),
            Self::Time(..) => None,
        }
    }
}

/// The steps that a decision makes: one, or more where a change may have put the end of a clock
/// into the past. `None` where more clocks change at once than are looked at.
fn harvest(
    normal: &Normal<'_>,
    key: &Key,
    before: &Case,
    what: &Decided<'_>,
    chosen: &Chosen,
    scratch: &Scratch,
) -> Option<Vec<Step>> {
    let facts = &scratch.facts;
    let mut case = scratch.case().clone();
    for (field, value) in &chosen.fields {
        if let Some(slot) = case.fields.get_mut(field.index())
            && known(*slot) != Known::This
        {
            *slot = *value;
        }
    }
    let event = match what {
        Decided::Event(event, _) => Some(*event),
        Decided::Time(..) => None,
    };
    let mut points = points(normal.machine, event.map(|it| it.kind), facts);
    points.retain(|it| normal.matters.has(*it));
    let begun = begun(&normal.anchor, facts);
    let used_up = used_up(key, what);
    let changed = changed(normal, key, &case, facts);
    if changed.len() > CHANGED_MAX {
        return None;
    }
    let mut steps = Vec::new();
    for picked in 0..1usize << changed.len() {
        let is_past = |at: usize| picked & (1 << at) != 0;
        let past: Vec<DeadlineId> =
            changed.iter().enumerate().filter(|(at, _)| is_past(*at)).map(|(_, it)| *it).collect();
        let mut case = case.clone();
        past.iter().for_each(|id| note_change(normal, &mut case, *id));
        let next = normal.key(case.clone(), &Hints { past: past.clone(), used_up });
        let plain = normal.key(case, &Hints { past: Vec::new(), used_up });
        let mut origins = origins(key, &begun, &next);
        let mut over = Vec::new();
        for id in &past {
            let item = Item::Clock(*id);
            let (Some(place), Some(at)) = (next.place(item), plain.place(item)) else { continue };
            if let Some(Origin::Kept(from) | Origin::Of(from)) = origins.get(place).copied() {
                over.push((from, plain.open()[at].counted.clone()));
            }
            origins[place] = Origin::Now;
        }
        let step = Step {
            taken: taken(normal, what, chosen),
            acts: match what {
                Decided::Event(..) => None,
                Decided::Time(place, _) => Some(*place),
            },
            origins,
            past: over,
            points: points.clone(),
            opaque: chosen.opaque.clone(),
            learned: learned(before, event, chosen),
            left_open: left_open(event, chosen),
            promise: promise(normal, facts),
            next,
        };
        if !is_idle(key, &step) {
            steps.push(step);
        }
    }
    Some(steps)
}

/// Whether a step changes nothing that matters.
fn is_idle(key: &Key, step: &Step) -> bool {
    let kept = |(at, origin): (usize, &Origin)| *origin == Origin::Kept(at);
    step.next == *key
        && step.acts.is_none()
        && step.points.is_empty()
        && step.promise == PromiseFacts::default()
        && step.past.is_empty()
        && step.origins.iter().enumerate().all(kept)
}

fn used_up(key: &Key, what: &Decided<'_>) -> Option<(DeadlineId, StageId)> {
    let Decided::Time(place, Taken::Resumes(id)) = what else { return None };
    match key.open().get(*place)?.standing {
        Standing::Stands(stage) => Some((*id, stage)),
        Standing::Runs => None,
    }
}

/// The clocks whose end a change in this decision may have put into the past: those that were
/// counted again, those that count from before they came to exist, and those that run again and
/// were counted again while they stood still.
fn changed(normal: &Normal<'_>, key: &Key, case: &Case, facts: &[Fact]) -> Vec<DeadlineId> {
    let begun = begun(&normal.anchor, facts);
    let mut changed = Vec::new();
    for fact in facts {
        let id = match fact.kind {
            FactKind::Recounted { clock, .. } => clock.deadline,
            FactKind::Resumed { clock, .. } if was_changed(key.case(), clock.deadline) => {
                clock.deadline
            }
            FactKind::Started { clock, .. }
                if matches!(begun.get(&Item::Clock(clock.deadline)), Some(Origin::Of(_))) =>
            {
                clock.deadline
            }
            _ => continue,
        };
        let runs = |it: &&engine::runtime::Clock| {
            it.id.deadline == id
                && it.state == ClockState::Running
                && !it.breached
                && it.times.due.is_some()
        };
        let is_running = case.clocks.iter().rev().find(runs).is_some();
        if is_running && normal.matters.deadline(id) && !changed.contains(&id) {
            changed.push(id);
        }
    }
    changed
}

/// Whether a clock was counted again while it stands still.
fn was_changed(case: &Case, id: DeadlineId) -> bool {
    let mut marks = case.marks.iter().rev().filter(|it| it.clock.deadline == id);
    marks.next().is_some_and(|it| matches!(it.kind, MarkKind::Recounted(_)))
}

/// Notes that a clock is due at the instant of the step.
fn note_change(normal: &Normal<'_>, case: &mut Case, id: DeadlineId) {
    let Some(clock) = case.open(id).copied() else { return };
    let kind = MarkKind::Recounted(clock.alternative);
    case.marks.push(Mark { clock: clock.id, at: normal.anchor.now, kind });
}

fn promise(normal: &Normal<'_>, facts: &[Fact]) -> PromiseFacts {
    let watched = normal.matters.guarantee;
    let mut found = PromiseFacts::default();
    for fact in facts {
        match fact.kind {
            FactKind::Promised { guarantee, .. } if Some(guarantee) == watched => {
                found.promised = true;
            }
            FactKind::Kept { guarantee } if Some(guarantee) == watched => found.kept = true,
            FactKind::Broken { guarantee } if Some(guarantee) == watched => found.broken = true,
            _ => {}
        }
    }
    found
}

/// What was found out of values that were there before the event.
fn learned(before: &Case, event: Option<&Event>, chosen: &Chosen) -> Vec<(FieldId, Value)> {
    let brought = |field: FieldId| event.and_then(|it| it.brings(field));
    let of_before = |it: &&(FieldId, Value)| {
        known(before.field(it.0)) != Known::This
            && brought(it.0).is_none_or(|value| known(value) == Known::This)
    };
    chosen.fields.iter().filter(of_before).copied().collect()
}

fn left_open(event: Option<&Event>, chosen: &Chosen) -> Vec<FieldId> {
    let data = event.map_or(&[][..], |it| &it.data);
    let open = data.iter().filter(|(field, value)| {
        known(*value) != Known::This && !chosen.fields.iter().any(|it| it.0 == *field)
    });
    open.map(|it| it.0).collect()
}

/// The step as it is told, with the values that were chosen.
fn taken(normal: &Normal<'_>, what: &Decided<'_>, chosen: &Chosen) -> Taken {
    let event = match what {
        Decided::Time(_, taken) => return taken.clone(),
        Decided::Event(event, _) => event,
    };
    let machine = normal.machine;
    let day = machine.protocol.zone.civil(normal.anchor.far).date();
    let mut data = Vec::new();
    for (field, value) in &event.data {
        let picked = chosen.fields.iter().find(|it| it.0 == *field).map(|it| it.1);
        let some = || {
            let of = machine.protocol.fields.get(field.index());
            of.map_or(Value::Unset, |it| reports::some_value(it, day))
        };
        let value = match known(*value) {
            Known::This => *value,
            Known::Set | Known::Anything => picked.unwrap_or_else(some),
        };
        if value != Value::Unset {
            data.push((*field, value));
        }
    }
    let questions = machine.protocol.history.questions.len();
    let answer = |at: usize| {
        let found = chosen.history.iter().find(|it| usize::from(it.0) == at);
        found.map_or(Value::Number(Default::default()), |it| it.1)
    };
    Taken::Event(Reported {
        event: event.kind,
        by: chosen.by.unwrap_or(event.actor.party),
        channel: chosen.channel.or(event.channel),
        intake: event.intake.filter(|_| event.kind == EventId::OPENED),
        data,
        entry: event.entry.map(|it| if it == super::normal::ENTRY { 1 } else { 2 }),
        entry_data: event.entry_data.clone(),
        history: match chosen.history.is_empty() {
            true => Vec::new(),
            false => (0..questions).map(answer).collect(),
        },
    })
}
