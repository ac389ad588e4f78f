//! What can influence what is asked.

use std::collections::BTreeSet;

use engine::machine::{Machine, Move, Operation};
use engine::model::{
    Agreed, Choose, Deadline, DeadlineId, EntryAct, EventId, FieldId, Lengthen, LetterId, LevelId,
    Point, RecordId, RuleId, StageId, Variable,
};
use engine::runtime::Case;
use engine::script::{Expr, reads, records_read};

use crate::steps::given::is_exact;
use crate::steps::matters::cone::Cone;
use crate::steps::matters::of::{
    field_that_chooses, fields_of, moves, near, of_branch, of_deadline, of_deadline_asked,
    of_event, reacts_on, that_choose,
};
use crate::steps::matters::{About, Grain};

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
    pub(in crate::steps) guarantee: Option<engine::model::GuaranteeId>,
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
    pub(in crate::steps) fn wants(
        &self,
        machine: &Machine,
        stage: StageId,
        event: EventId,
    ) -> bool {
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
    pub(in crate::steps) fn wants_field(&self, field: FieldId) -> bool {
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
    pub(in crate::steps) fn has_case(&self, case: &Case) -> bool {
        self.cone.has(case)
    }

    pub(in crate::steps) fn has_stage(&self, machine: &Machine, stage: StageId) -> bool {
        self.cone.has_stage(machine, stage)
    }

    /// Whether it counts how long something takes.
    #[must_use]
    pub const fn has_terms(&self) -> bool {
        self.grain.has_terms()
    }

    /// Whether it counts how long a deadline takes.
    pub(in crate::steps) fn is_timed(&self, id: DeadlineId) -> bool {
        match self.grain {
            Grain::Order => false,
            Grain::Near => self.near.iter().any(|it| of_deadline_asked(it) == Some(id)),
            Grain::Rough | Grain::Exact => true,
        }
    }

    /// Whether it counts how long a timed transition of a stage takes.
    pub(in crate::steps) fn is_timer_timed(
        &self,
        machine: &Machine,
        stage: StageId,
        place: u16,
    ) -> bool {
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
    pub(in crate::steps) fn is_any_date(&self, machine: &Machine, field: FieldId) -> bool {
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
    pub(in crate::steps) fn reads_severity(&self, machine: &Machine) -> bool {
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
    pub(in crate::steps) const fn judges(&self) -> bool {
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

    pub(in crate::steps) fn points(&self) -> impl Iterator<Item = &Point> {
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

    pub(in crate::steps) fn deadline(&self, id: DeadlineId) -> bool {
        self.deadlines.contains(&id)
    }

    /// Whether a condition that matters asks for this.
    #[must_use]
    pub fn asks(&self, variable: Variable) -> bool {
        self.variable(variable)
    }

    pub(in crate::steps) fn variable(&self, variable: Variable) -> bool {
        self.variables.contains(&variable)
    }

    /// The records that matter.
    pub fn records(&self) -> impl Iterator<Item = RecordId> {
        self.records.iter().copied()
    }

    pub(in crate::steps) fn severity(&self) -> bool {
        self.variables.contains(&Variable::Severity)
    }

    /// The conditions that matter.
    pub(in crate::steps) fn conditions<'a>(&'a self, machine: &'a Machine) -> Vec<&'a Expr> {
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
    pub(in crate::steps) fn everywhere<'a>(&'a self, machine: &'a Machine) -> Vec<&'a Expr> {
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
    pub(in crate::steps) fn idle<'a>(
        &self,
        machine: &'a Machine,
    ) -> impl Iterator<Item = &'a Expr> {
        let all = machine.protocol.deadlines.iter().enumerate();
        let idle = all.filter(|(at, _)| !self.is_timed(DeadlineId::at(*at)));
        idle.flat_map(|(_, it)| that_choose(it))
    }

    /// The fields that deadlines read past all conditions.
    pub(in crate::steps) fn eager_fields(&self, machine: &Machine) -> Vec<FieldId> {
        let each = self.deadlines(machine);
        let each = each.flat_map(|(id, it)| {
            let chosen = field_that_chooses(it).filter(|_| self.is_timed(id));
            fields_of(it).chain(chosen)
        });
        each.collect()
    }

    /// The entries whose conditions decide nothing that matters.
    pub(in crate::steps) fn ignored(&self, machine: &Machine) -> BTreeSet<RuleId> {
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
    pub(in crate::steps) const LEVEL: LevelId = LevelId(0);
}
