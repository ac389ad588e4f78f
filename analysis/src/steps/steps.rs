//! Every step that a case can take from where it is, as the engine decides it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::machine::Machine;
use engine::model::{DeadlineId, FieldId, Point, RuleId, RungId, Variable};
use engine::runtime::{
    Case, Context, Mark, MarkKind, NoDecision, Oracle, Scratch, View, act_asking, decide_asking,
};
use engine::script::{Expr, Value, VariableId};
use engine::text::Strings;
use engine::time::Instant;

use crate::Taken;
use crate::bases::Counting;
use crate::steps::follow::Origin;
use crate::steps::given::{Anchor, Given};
use crate::steps::harvest::{Decided, harvest};
use crate::steps::key::{Counted, Item, Key, Standing};
use crate::steps::live::Live;
use crate::steps::marks::long_before;
use crate::steps::normal::{Hints, Normal};
use crate::steps::oracle::{Choices, Chooser, values};
use crate::steps::reports::tries;
use crate::steps::{About, Matters};

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
    /// Whether it rests on how serious the case was judged to be, of which this is one possibility;
    /// the others are steps of their own.
    pub judged: bool,
    /// What was found out of fields that an earlier event has brought, or the values that they
    /// had all along.
    pub learned: Vec<(FieldId, Value)>,
    /// The fields that the event brings and of which nothing is known.
    pub left_open: Vec<FieldId>,
    /// What became of the guarantee that is watched.
    pub promise: PromiseFacts,
    /// The rungs from which the case went up, where it was placed before that included, and to
    /// which.
    pub raised: Option<(RungId, RungId)>,
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
    /// Every key that a step led to, so that each is held once.
    keys: BTreeSet<Key>,
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
            keys: BTreeSet::new(),
            faults: BTreeSet::new(),
            scratch: Scratch::new(machine),
        }
    }

    /// The machine.
    #[must_use]
    pub const fn machine(&self) -> &'m Machine {
        self.normal.machine
    }

    /// The instant at which every step is decided.
    #[must_use]
    pub const fn decided_at(&self) -> Instant {
        self.normal.anchor.now
    }

    /// What can influence what is asked.
    #[must_use]
    pub const fn matters(&self) -> &Matters {
        &self.normal.matters
    }

    /// What is counted of all that can influence what is asked.
    #[must_use]
    pub fn countings(&self) -> Vec<Counting> {
        let Normal { machine, matters, .. } = &self.normal;
        let counts = |id: &DeadlineId| matters.deadline(*id) && matters.is_timed(*id);
        let mut all = Counting::all(machine);
        all.retain(|it| match it {
            Counting::Clock { deadline, .. }
            | Counting::Changed { deadline, .. }
            | Counting::Limit { deadline, .. } => counts(deadline),
            Counting::Timer { stage, place } => {
                matters.has_stage(machine, *stage)
                    && matters.is_timer_timed(machine, *stage, *place)
            }
            Counting::Promise(id) => matters.guarantee == Some(*id),
            Counting::Free => false,
        });
        all
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

    /// The values that a field may have in a case with this key, as far as conditions tell them
    /// apart.
    #[must_use]
    pub fn values_of(&self, key: &Key, field: FieldId) -> Vec<Value> {
        let variables = &self.normal.machine.protocol.variables;
        let variable = variables.iter().position(|it| *it == Variable::Field(field));
        let id = variable.and_then(|it| u16::try_from(it).ok()).map(VariableId);
        let holds = key.case().field(field);
        let Normal { machine, given, .. } = &self.normal;
        let told = id.map(|id| values(machine, given, id, field, holds));
        told.filter(|it| !it.is_empty()).unwrap_or_else(|| vec![holds])
    }

    /// What may be known of a person's other cases, by the place of a question, as far as conditions
    /// tell it apart.
    #[must_use]
    pub fn others(&self, question: usize) -> &[Value] {
        let is_it =
            |it: &Variable| matches!(it, Variable::History(at) if usize::from(*at) == question);
        let variable = self.normal.machine.protocol.variables.iter().position(is_it);
        let id = variable.and_then(|it| u16::try_from(it).ok()).map(VariableId);
        id.map_or(&[], |id| self.normal.given.classes(id))
    }

    /// The values in a case with this key with which a condition may hold between two events, for
    /// each way in which it may.
    pub fn held(&mut self, key: &Key, condition: &Expr) -> Vec<Vec<(FieldId, Value)>> {
        let answers = self.answers(key, condition).into_iter();
        answers.filter(|(holds, _)| *holds).map(|(_, values)| values).collect()
    }

    /// Whether a condition holds of every case with this key, between two events.
    pub fn must_hold(&mut self, key: &Key, condition: &Expr) -> bool {
        self.answers(key, condition).into_iter().all(|(holds, _)| holds)
    }

    /// What a condition may say of a case with this key, and of which values it does.
    fn answers(&self, key: &Key, condition: &Expr) -> Vec<(bool, Vec<(FieldId, Value)>)> {
        let machine = self.normal.machine;
        let view = View { machine, case: key.case(), event: None, strings: &self.strings };
        let choices = RefCell::new(Choices::default());
        let mut answers = Vec::new();
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
            let found = chooser.truth(condition, &view, none);
            let values = chooser.chosen.into_inner().fields;
            match found {
                Ok(answer) => answers.push((answer, values)),
                Err(_) => answers.extend([(true, values.clone()), (false, values)]),
            }
            if !choices.borrow_mut().advance() {
                return answers;
            }
        }
        // There is more than was gone through: it may be either, whatever the case holds.
        answers.extend([(true, Vec::new()), (false, Vec::new())]);
        answers
    }

    /// Every step, in a fixed order; those that change nothing that matters are left out.
    pub fn successors(&mut self, key: &Key) -> Arc<[Step]> {
        if let Some(known) = self.known.get(key) {
            return Arc::clone(known);
        }
        let mut steps = Vec::new();
        let variants = match self.normal.matters.has_case(key.case()) {
            true => self.variants(key.case()),
            false => Vec::new(),
        };
        for case in variants {
            self.by_event(key, &case, &mut steps);
            self.by_time(key, &case, &mut steps);
        }
        let mut found: Vec<Step> = Vec::new();
        for mut step in steps {
            step.next = self.held_once(step.next);
            if !found.contains(&step) {
                found.push(step);
            }
        }
        let steps: Arc<[Step]> = found.into();
        self.known.insert(key.clone(), Arc::clone(&steps));
        steps
    }

    fn held_once(&mut self, key: Key) -> Key {
        if let Some(known) = self.keys.get(&key) {
            return known.clone();
        }
        self.keys.insert(key.clone());
        key
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
                (Item::Waiting(_) | Item::Begun(_) | Item::Opened, _) => continue,
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
