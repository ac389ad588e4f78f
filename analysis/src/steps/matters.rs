//! What can influence what is asked: everything else is left out of the cases that are looked at.
//!
//! Where a case is in the procedure always matters, and so does whatever decides that. A deadline
//! matters where its end moves the case, where a condition that matters asks about it, or where
//! what it does is a point that matters. An event matters where it can do something of all this, and
//! only then do the conditions matter that it asks for. Nothing matters where the guarantee that is
//! watched can neither be begun nor broken any more.

use std::collections::BTreeSet;

use engine::machine::{Machine, Move, Operation};
use engine::model::{
    Agreed, Branch, Choose, Deadline, DeadlineId, EntryAct, Escalate, EventId, FieldId, Lengthen,
    LetterId, LevelId, Outcome, Point, Promise, RecordId, RuleId, SetTo, StageId, To, Transitions,
    Variable,
};
use engine::runtime::Case;
use engine::script::{Expr, reads, records_read};

use crate::steps::cone::Cone;
use crate::steps::given::is_exact;

/// What is asked about: where it all begins.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The points that are asked about.
    pub points: Vec<Point>,
    /// The conditions that are asked about.
    pub conditions: Vec<Expr>,
    /// The deadlines that are asked about.
    pub deadlines: Vec<DeadlineId>,
    /// The guarantee that is watched.
    pub guarantee: Option<engine::model::GuaranteeId>,
    /// How closely is looked.
    pub grain: Grain,
}

/// How closely a case is looked at. What is looked at less closely can do more, never less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// How long anything takes is left out: whatever runs may be over at any instant. What is
    /// asked must say nothing of time. And seriousness is any that the rules can give, whenever
    /// something happens.
    #[default]
    Order,
    /// How long those deadlines and timed transitions take counts that do what must happen in
    /// time, or not so soon; seriousness is any.
    Near,
    /// How long everything takes counts, and seriousness is any.
    Rough,
    /// Everything counts.
    Exact,
}

impl Grain {
    /// Whether it counts how long something takes.
    #[must_use]
    pub const fn has_terms(self) -> bool {
        !matches!(self, Self::Order)
    }

    /// Whether seriousness follows from what is known of the case.
    #[must_use]
    pub const fn judges(self) -> bool {
        matches!(self, Self::Exact)
    }
}

impl About {
    /// The same, looked at so closely.
    #[must_use]
    pub fn at(self, grain: Grain) -> Self {
        Self { grain, ..self }
    }

    /// A guarantee.
    #[must_use]
    pub fn guarantee(machine: &Machine, id: engine::model::GuaranteeId) -> Self {
        let Some(guarantee) = machine.protocol.guarantees.get(id.index()) else {
            return Self::default();
        };
        let mut about = Self {
            points: guarantee.unless.clone(),
            deadlines: guarantee.assume.clone(),
            guarantee: Some(id),
            grain: match guarantee.promise {
                Promise::Possible { .. } | Promise::Reachable { .. } => Grain::Order,
                _ => Grain::Exact,
            },
            ..Self::default()
        };
        match &guarantee.promise {
            Promise::Within { from, expect, .. } => {
                about.points.extend(from.iter().chain(expect));
            }
            Promise::Before { never, before } => about.points.extend(never.iter().chain(before)),
            Promise::While { never, holds } => {
                about.points.extend(never);
                about.conditions.push(holds.clone());
            }
            Promise::TooSoon { never, from, .. } => about.points.extend(never.iter().chain(from)),
            Promise::AtMost { never, .. } => about.points.extend(never),
            Promise::Possible { event, holds } => {
                about.points.push(Point::Event(*event));
                about.conditions.extend(holds.clone());
            }
            Promise::Reachable { points } => about.points.extend(points),
        }
        about
    }

    /// Everything.
    #[must_use]
    pub fn everything(machine: &Machine) -> Self {
        let deadlines = (0..machine.protocol.deadlines.len()).map(DeadlineId::at).collect();
        Self { deadlines, ..Self::default() }
    }
}

/// What can influence what is asked.
#[derive(Clone, Debug, Default)]
pub struct Matters {
    points: BTreeSet<Point>,
    asked: Vec<Expr>,
    deadlines: BTreeSet<DeadlineId>,
    variables: BTreeSet<Variable>,
    records: BTreeSet<RecordId>,
    /// The fields by which seriousness is judged, where that is not followed.
    judged_by: BTreeSet<FieldId>,
    /// The fields that conditions compare with something.
    compared: BTreeSet<FieldId>,
    /// What must happen in time, or not so soon.
    near: BTreeSet<Point>,
    cone: Cone,
    grain: Grain,
    pub(super) guarantee: Option<engine::model::GuaranteeId>,
}

impl Matters {
    /// What matters for what is asked.
    #[must_use]
    pub fn new(machine: &Machine, about: &About) -> Self {
        let mut matters = Self {
            points: about.points.iter().copied().collect(),
            asked: about.conditions.clone(),
            deadlines: about.deadlines.iter().copied().collect(),
            guarantee: about.guarantee,
            cone: Cone::of(machine, about.guarantee),
            grain: about.grain,
            near: near(machine, about.guarantee),
            ..Self::default()
        };
        loop {
            let before = matters.size();
            matters.grow(machine);
            if matters.size() == before {
                return matters;
            }
        }
    }

    fn size(&self) -> [usize; 5] {
        let [points, variables] = [self.points.len(), self.variables.len()];
        let [deadlines, records] = [self.deadlines.len(), self.records.len()];
        [points, deadlines, variables, records, self.judged_by.len()]
    }

    fn grow(&mut self, machine: &Machine) {
        let protocol = &machine.protocol;
        for (at, deadline) in protocol.deadlines.iter().enumerate() {
            let id = DeadlineId::at(at);
            if self.is_wanted(machine, id, deadline) {
                self.deadlines.insert(id);
                self.points.extend(reacts_on(deadline));
                if let Some(each) = deadline.for_each {
                    self.records.insert(each.record);
                }
                let chosen = field_that_chooses(deadline).filter(|_| self.is_timed(id));
                for field in fields_of(deadline).chain(chosen) {
                    self.variables.insert(Variable::Field(field));
                }
                if self.is_timed(id) && matches!(deadline.choose, Choose::BySeverity(_)) {
                    self.variables.insert(Variable::Severity);
                }
            }
        }
        if self.is_rough() {
            let rules = protocol.severity.iter().flat_map(|it| &it.rules);
            let read = rules.flat_map(|it| reads(&it.when));
            let read = read.filter_map(|it| protocol.variables.get(usize::from(it.0)));
            self.judged_by.extend(read.filter_map(|it| match it {
                Variable::Field(field) => Some(*field),
                _ => None,
            }));
        }
        let variables = &protocol.variables;
        let mut read = BTreeSet::new();
        let mut records = BTreeSet::new();
        // What is answered either way reads nothing.
        let exact = self.conditions(machine).into_iter().filter(|it| is_exact(machine, it));
        for condition in exact {
            let ids = reads(condition);
            read.extend(ids.iter().filter_map(|it| variables.get(usize::from(it.0)).copied()));
            records.extend(records_read(condition).into_iter().map(|it| RecordId(it.0)));
        }
        records.extend(self.records_of_events(machine));
        let fields = read.iter().filter_map(|it| match it {
            Variable::Field(field) => Some(*field),
            _ => None,
        });
        self.compared.extend(fields);
        self.variables.extend(read);
        self.records.extend(records);
    }

    /// The records of which there must be an entry for an event to happen that matters.
    fn records_of_events(&self, machine: &Machine) -> Vec<RecordId> {
        let events = machine.protocol.events.iter().enumerate();
        let of = events.filter_map(|(at, it)| Some((EventId::at(at), it.of?)));
        let needed = of.filter(|(event, of)| {
            let mut stages = (0..machine.protocol.stages.len()).map(StageId::at);
            of.act != EntryAct::Added && stages.any(|it| self.wants(machine, it, *event))
        });
        needed.map(|(_, of)| of.record).collect()
    }

    fn is_wanted(&self, machine: &Machine, id: DeadlineId, deadline: &Deadline) -> bool {
        if self.deadlines.contains(&id) {
            return true;
        }
        let points = [Point::Met(id), Point::Breach(id), Point::Lapse(id), Point::Extended(id)];
        let asked = [
            Variable::Met(id),
            Variable::Breached(id),
            Variable::BreachedEver(id),
            Variable::Running(id),
            Variable::Lapsed(id),
        ];
        moves(&deadline.outcome)
            || points.iter().any(|it| self.points.contains(it))
            || asked.iter().any(|it| self.variables.contains(it))
            || deadline.outcome.sends.iter().any(|it| self.wants_letter(*it))
            || deadline.extend.iter().any(|it| {
                it.sends.iter().any(|it| self.wants_letter(*it)) || self.wants_event(machine, it.on)
            })
    }

    fn wants_letter(&self, letter: LetterId) -> bool {
        self.points.contains(&Point::Letter(letter))
            || self.variables.contains(&Variable::Sent(letter))
    }

    /// Whether an event that is reported in a stage can do anything that matters.
    pub(super) fn wants(&self, machine: &Machine, stage: StageId, event: EventId) -> bool {
        let declared = machine.protocol.events.get(event.index());
        let is_special = declared.is_none_or(|it| {
            it.built_in.is_some() || it.of.is_some_and(|it| self.records.contains(&it.record))
        });
        is_special
            || self.wants_event(machine, event)
            || machine.extensions(event).iter().any(|it| self.wants_extension(machine, *it))
            || machine.moves(stage, event).iter().any(|it| self.wants_move(it))
    }

    /// Whether it matters that a deadline is lengthened.
    fn wants_extension(&self, machine: &Machine, (id, place): (DeadlineId, u16)) -> bool {
        let deadline = machine.protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(place)));
        self.deadlines.contains(&id)
            && (self.is_timed(id)
                || self.points.contains(&Point::Extended(id))
                || extension.is_some_and(|it| it.sends.iter().any(|it| self.wants_letter(*it))))
    }

    fn wants_move(&self, a_move: &Move) -> bool {
        a_move.operations.iter().any(|it| match it {
            Operation::Set(field, _) | Operation::Compute(field, _) => self.wants_field(*field),
            Operation::Send(letter) => self.wants_letter(*letter),
            Operation::Tell(_) => false,
            _ => true,
        })
    }

    /// Whether it matters that a field is set.
    pub(super) fn wants_field(&self, field: FieldId) -> bool {
        self.variables.contains(&Variable::Field(field))
            || self.points.contains(&Point::Date(field))
            || self.judged_by.contains(&field)
    }

    /// Whether it matters that an event is accepted that no stage names.
    fn wants_event(&self, machine: &Machine, event: EventId) -> bool {
        let declared = machine.protocol.events.get(event.index());
        let brings = declared.map_or(&[][..], |it| &it.carries);
        self.points.contains(&Point::Event(event))
            || brings.iter().any(|it| self.wants_field(it.field))
    }

    /// Whether anything matters that becomes of a case.
    pub(super) fn has_case(&self, case: &Case) -> bool {
        self.cone.has(case)
    }

    pub(super) fn has_stage(&self, machine: &Machine, stage: StageId) -> bool {
        self.cone.has_stage(machine, stage)
    }

    /// Whether it counts how long something takes.
    #[must_use]
    pub const fn has_terms(&self) -> bool {
        self.grain.has_terms()
    }

    /// Whether it counts how long a deadline takes.
    pub(super) fn is_timed(&self, id: DeadlineId) -> bool {
        match self.grain {
            Grain::Order => false,
            Grain::Near => self.near.iter().any(|it| of_deadline_asked(it) == Some(id)),
            Grain::Rough | Grain::Exact => true,
        }
    }

    /// Whether it counts how long a timed transition of a stage takes.
    pub(super) fn is_timer_timed(&self, machine: &Machine, stage: StageId, place: u16) -> bool {
        let is_near = |it: &Operation| match it {
            Operation::GoTo(stage) => self.near.contains(&Point::Stage(*stage)),
            Operation::Send(letter) => self.near.contains(&Point::Letter(*letter)),
            Operation::Raise(..) => self
                .near
                .iter()
                .any(|it| matches!(it, Point::Rung(_) | Point::Escalated | Point::Stage(_))),
            _ => false,
        };
        let timer = machine.afters(stage).get(usize::from(place));
        match self.grain {
            Grain::Order => false,
            Grain::Near => timer.is_some_and(|it| it.operations.iter().any(is_near)),
            Grain::Rough | Grain::Exact => true,
        }
    }

    /// Whether looking so closely is no different from this.
    #[must_use]
    pub fn is_same_at(&self, grain: Grain) -> bool {
        grain == self.grain
            || (grain == Grain::Exact && self.grain == Grain::Rough && !self.is_rough())
    }

    /// Whether a date is only what some deadline was agreed for, so that nothing tells apart which
    /// it is, nor whether there is one: a deadline without a date never ends, and one with any date
    /// may end at any time, or never.
    pub(super) fn is_any_date(&self, machine: &Machine, field: FieldId) -> bool {
        let until = |it: &Deadline| {
            it.extend
                .iter()
                .any(|it| matches!(it.lengthen, Lengthen::Until { field: of, .. } if of == field))
        };
        let agreed = |it: &Deadline| it.due == Some(Agreed::Field(field));
        !self.compared.contains(&field)
            && self.deadlines(machine).any(|(_, it)| agreed(it))
            && !self.deadlines(machine).any(|(_, it)| until(it))
    }

    /// Whether it matters how serious the case is, besides where it is placed.
    pub(super) fn reads_severity(&self, machine: &Machine) -> bool {
        let is_level = |it: &Variable| *it == Variable::Severity;
        let reads_it = |it: &&Expr| {
            let mut read = reads(it).into_iter();
            let variables = &machine.protocol.variables;
            read.any(|it| variables.get(usize::from(it.0)).is_some_and(is_level))
        };
        let by_severity = |(id, it): (DeadlineId, &Deadline)| {
            self.is_timed(id) && matches!(it.choose, Choose::BySeverity(_))
        };
        let start_when = machine.protocol.ladder.iter().filter_map(|it| it.start_when.as_ref());
        let start_when: Vec<&Expr> = start_when.collect();
        let others = self.conditions(machine);
        let mut others =
            others.iter().filter(|it| !start_when.iter().any(|of| std::ptr::eq(*of, **it)));
        self.deadlines(machine).any(by_severity) || others.any(reads_it)
    }

    /// Whether seriousness follows from what is known of the case, where it matters.
    pub(super) const fn judges(&self) -> bool {
        self.grain.judges()
    }

    /// Whether seriousness matters and is not followed.
    #[must_use]
    pub fn is_rough(&self) -> bool {
        self.severity() && !self.judges()
    }

    /// Whether a point matters.
    #[must_use]
    pub fn has(&self, point: Point) -> bool {
        self.points.contains(&point)
    }

    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.points.iter()
    }

    /// The deadlines that matter.
    pub fn deadlines<'m>(
        &self,
        machine: &'m Machine,
    ) -> impl Iterator<Item = (DeadlineId, &'m Deadline)> {
        let all = &machine.protocol.deadlines;
        self.deadlines.iter().filter_map(move |id| Some((*id, all.get(id.index())?)))
    }

    pub(super) fn deadline(&self, id: DeadlineId) -> bool {
        self.deadlines.contains(&id)
    }

    /// Whether a condition that matters asks for this.
    #[must_use]
    pub fn asks(&self, variable: Variable) -> bool {
        self.variable(variable)
    }

    pub(super) fn variable(&self, variable: Variable) -> bool {
        self.variables.contains(&variable)
    }

    /// The records that matter.
    pub fn records(&self) -> impl Iterator<Item = RecordId> {
        self.records.iter().copied()
    }

    pub(super) fn severity(&self) -> bool {
        self.variables.contains(&Variable::Severity)
    }

    /// The conditions that matter.
    pub(super) fn conditions<'a>(&'a self, machine: &'a Machine) -> Vec<&'a Expr> {
        let protocol = &machine.protocol;
        let mut found: Vec<&Expr> = self.asked.iter().collect();
        for (at, stage) in protocol.stages.iter().enumerate() {
            let id = StageId::at(at);
            if !self.cone.has_stage(machine, id) {
                continue;
            }
            found.extend(stage.after.iter().flat_map(|it| of_branch(&it.branch)));
            let wanted = stage.on.iter().filter(|it| self.wants(machine, id, it.event));
            found.extend(wanted.flat_map(|it| of_event(machine, it)));
        }
        for (id, deadline) in self.deadlines(machine) {
            found.extend(self.of_deadline(id, deadline));
            let required = deadline.extend.iter().flat_map(|it| {
                protocol.events.get(it.on.index()).map_or(&[][..], |it| &it.requires)
            });
            let required = required.filter_map(|it| protocol.conditions.get(it.index()));
            found.extend(required.map(|it| &it.is));
        }
        if self.severity()
            && self.judges()
            && let Some(severity) = &protocol.severity
        {
            found.extend(severity.rules.iter().map(|it| &it.when));
        }
        found.extend(protocol.ladder.iter().filter_map(|it| it.start_when.as_ref()));
        found
    }

    /// Those of them that may be asked in any decision, whatever stage it is made in.
    pub(super) fn everywhere<'a>(&'a self, machine: &'a Machine) -> Vec<&'a Expr> {
        let protocol = &machine.protocol;
        let mut found: Vec<&Expr> = self.asked.iter().collect();
        found.extend(self.deadlines(machine).flat_map(|(id, it)| self.of_deadline(id, it)));
        if self.severity()
            && self.judges()
            && let Some(severity) = &protocol.severity
        {
            found.extend(severity.rules.iter().map(|it| &it.when));
        }
        found.extend(protocol.ladder.iter().filter_map(|it| it.start_when.as_ref()));
        found
    }

    fn of_deadline<'a>(
        &self,
        id: DeadlineId,
        deadline: &'a Deadline,
    ) -> impl Iterator<Item = &'a Expr> + use<'a> {
        let chosen = self.is_timed(id).then(|| that_choose(deadline));
        of_deadline(deadline).chain(chosen.into_iter().flatten())
    }

    /// The conditions that only choose how long something takes, where that does not count.
    pub(super) fn idle<'a>(&self, machine: &'a Machine) -> impl Iterator<Item = &'a Expr> {
        let all = machine.protocol.deadlines.iter().enumerate();
        let idle = all.filter(|(at, _)| !self.is_timed(DeadlineId::at(*at)));
        idle.flat_map(|(_, it)| that_choose(it))
    }

    /// The fields that deadlines read past all conditions.
    pub(super) fn eager_fields(&self, machine: &Machine) -> Vec<FieldId> {
        let each = self.deadlines(machine);
        let each = each.flat_map(|(id, it)| {
            let chosen = field_that_chooses(it).filter(|_| self.is_timed(id));
            fields_of(it).chain(chosen)
        });
        each.collect()
    }

    /// The entries whose conditions decide nothing that matters.
    pub(super) fn ignored(&self, machine: &Machine) -> BTreeSet<RuleId> {
        let protocol = &machine.protocol;
        let all = protocol.deadlines.iter().enumerate();
        let left_out = all.filter(|(at, _)| !self.deadlines.contains(&DeadlineId::at(*at)));
        let mut ignored: BTreeSet<RuleId> = left_out.map(|(_, it)| it.rule).collect();
        if !self.severity()
            && let Some(severity) = &protocol.severity
        {
            ignored.extend(severity.rules.iter().map(|it| it.rule));
        }
        let others = protocol.guarantees.iter().enumerate();
        let others =
            others.filter(|(at, _)| self.guarantee != Some(engine::model::GuaranteeId::at(*at)));
        ignored.extend(others.map(|(_, it)| it.rule));
        ignored
    }

    /// The level that stands for all where none matters.
    pub(super) const LEVEL: LevelId = LevelId(0);
}

/// The points that must happen in time, or not so soon.
fn near(machine: &Machine, id: Option<engine::model::GuaranteeId>) -> BTreeSet<Point> {
    let guarantee = id.and_then(|id| machine.protocol.guarantees.get(id.index()));
    let points = match guarantee.map(|it| &it.promise) {
        Some(Promise::Within { expect, .. }) => expect.as_slice(),
        Some(Promise::TooSoon { never, .. }) => never.as_slice(),
        _ => &[],
    };
    points.iter().copied().collect()
}

const fn of_deadline_asked(point: &Point) -> Option<DeadlineId> {
    match point {
        Point::Met(id) | Point::Breach(id) | Point::Lapse(id) | Point::Extended(id) => Some(*id),
        _ => None,
    }
}

fn moves(outcome: &Outcome) -> bool {
    matches!(outcome.to, To::Stage(_))
        || matches!(outcome.escalate, Some(Escalate::Up | Escalate::To(_)))
}

fn reacts_on(deadline: &Deadline) -> impl Iterator<Item = Point> {
    let until = deadline.every.iter().flat_map(|it| &it.until);
    let met = deadline.met_by.iter().map(|it| it.on);
    let others = deadline.starts.iter().chain(&deadline.restarts).chain(&deadline.cancelled_by);
    others.chain(until).copied().chain(met)
}

/// The field whose value says how long a deadline takes.
pub(super) const fn field_that_chooses(deadline: &Deadline) -> Option<FieldId> {
    match &deadline.choose {
        Choose::ByField(field, _) => Some(*field),
        _ => None,
    }
}

fn fields_of(deadline: &Deadline) -> impl Iterator<Item = FieldId> {
    let agreed = match deadline.due {
        Some(Agreed::Field(field)) => Some(field),
        _ => None,
    };
    let until = deadline.extend.iter().filter_map(|it| match it.lengthen {
        Lengthen::Until { field, .. } => Some(field),
        _ => None,
    });
    agreed.into_iter().chain(until)
}

fn of_event<'a>(
    machine: &'a Machine,
    transitions: &'a Transitions,
) -> impl Iterator<Item = &'a Expr> {
    let protocol = &machine.protocol;
    let declared = protocol.events.get(transitions.event.index());
    let required = declared.map_or(&[][..], |it| &it.requires).iter();
    let required = required.chain(transitions.branches.iter().flat_map(|it| &it.requires));
    let required = required.filter_map(|it| protocol.conditions.get(it.index()));
    required.map(|it| &it.is).chain(transitions.branches.iter().flat_map(of_branch))
}

fn of_branch(branch: &Branch) -> impl Iterator<Item = &Expr> {
    let computed = branch.set.iter().filter_map(|it| match &it.to {
        SetTo::Computed(expr) => Some(expr),
        SetTo::Preset(_) => None,
    });
    branch.when.iter().chain(computed)
}

fn of_deadline(deadline: &Deadline) -> impl Iterator<Item = &Expr> {
    let met = deadline.met_by.iter().filter_map(|it| it.when.as_ref());
    let lengthened = deadline.extend.iter().filter_map(|it| it.when.as_ref());
    deadline.when.iter().chain(met).chain(lengthened)
}

/// The conditions that choose how long a deadline takes.
fn that_choose(deadline: &Deadline) -> impl Iterator<Item = &Expr> {
    let chosen = match &deadline.choose {
        Choose::First(list) => list.as_slice(),
        _ => &[],
    };
    chosen.iter().filter_map(|(when, _)| when.as_ref())
}
