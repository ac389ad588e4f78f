//! What can influence what is asked: everything else is left out of the cases that are looked at.
//!
//! Where a case is in the procedure always matters, and so does whatever decides that. A deadline
//! matters where its end moves the case, where a condition that matters asks about it, or where
//! what it does is a point that matters.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{
    Agreed, Choose, Deadline, DeadlineId, Escalate, EventId, Lengthen, LetterId, LevelId, Outcome,
    Point, Promise, RecordId, RuleId, Stage, To, Variable,
};
use engine::script::{Expr, reads, records_read};

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
}

impl About {
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

    fn size(&self) -> [usize; 4] {
        [self.points.len(), self.deadlines.len(), self.variables.len(), self.records.len()]
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
                for field in fields_of(deadline) {
                    self.variables.insert(Variable::Field(field));
                }
                if matches!(deadline.choose, Choose::BySeverity(_)) {
                    self.variables.insert(Variable::Severity);
                }
            }
        }
        let variables = &protocol.variables;
        let mut read = BTreeSet::new();
        let mut records = BTreeSet::new();
        for condition in self.conditions(machine) {
            let ids = reads(condition);
            read.extend(ids.iter().filter_map(|it| variables.get(usize::from(it.0)).copied()));
            records.extend(records_read(condition).into_iter().map(|it| RecordId(it.0)));
        }
        self.variables.extend(read);
        self.records.extend(records);
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

    /// Whether it matters that an event is accepted that no stage names.
    fn wants_event(&self, machine: &Machine, event: EventId) -> bool {
        let declared = machine.protocol.events.get(event.index());
        let brings = declared.map_or(&[][..], |it| &it.carries);
        self.points.contains(&Point::Event(event))
            || brings.iter().any(|it| {
                self.variables.contains(&Variable::Field(it.field))
                    || self.points.contains(&Point::Date(it.field))
            })
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
        for stage in &protocol.stages {
            found.extend(of_stage(stage));
            let required = stage.on.iter().flat_map(|it| {
                let of_event = protocol.events.get(it.event.index());
                let of_event = of_event.map_or(&[][..], |it| &it.requires);
                of_event.iter().chain(it.branches.iter().flat_map(|it| &it.requires))
            });
            let required = required.filter_map(|it| protocol.conditions.get(it.index()));
            found.extend(required.map(|it| &it.is));
        }
        for (_, deadline) in self.deadlines(machine) {
            found.extend(of_deadline(deadline));
            let required = deadline.extend.iter().flat_map(|it| {
                protocol.events.get(it.on.index()).map_or(&[][..], |it| &it.requires)
            });
            let required = required.filter_map(|it| protocol.conditions.get(it.index()));
            found.extend(required.map(|it| &it.is));
        }
        if self.severity()
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
        found.extend(self.deadlines(machine).flat_map(|(_, it)| of_deadline(it)));
        if self.severity()
            && let Some(severity) = &protocol.severity
        {
            found.extend(severity.rules.iter().map(|it| &it.when));
        }
        found.extend(protocol.ladder.iter().filter_map(|it| it.start_when.as_ref()));
        found
    }

    /// The fields that deadlines read past all conditions.
    pub(super) fn eager_fields(&self, machine: &Machine) -> Vec<engine::model::FieldId> {
        self.deadlines(machine).flat_map(|(_, it)| fields_of(it)).collect()
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

fn fields_of(deadline: &Deadline) -> impl Iterator<Item = engine::model::FieldId> {
    let chosen = match &deadline.choose {
        Choose::ByField(field, _) => Some(*field),
        _ => None,
    };
    let agreed = match deadline.due {
        Some(Agreed::Field(field)) => Some(field),
        _ => None,
    };
    let until = deadline.extend.iter().filter_map(|it| match it.lengthen {
        Lengthen::Until { field, .. } => Some(field),
        _ => None,
    });
    chosen.into_iter().chain(agreed).chain(until)
}

fn of_stage(stage: &Stage) -> impl Iterator<Item = &Expr> {
    let branches = stage.on.iter().flat_map(|it| &it.branches);
    let branches = branches.chain(stage.after.iter().map(|it| &it.branch));
    branches.flat_map(|it| {
        let computed = it.set.iter().filter_map(|it| match &it.to {
            engine::model::SetTo::Computed(expr) => Some(expr),
            engine::model::SetTo::Preset(_) => None,
        });
        it.when.iter().chain(computed)
    })
}

fn of_deadline(deadline: &Deadline) -> impl Iterator<Item = &Expr> {
    let chosen = match &deadline.choose {
        Choose::First(list) => list.as_slice(),
        _ => &[],
    };
    let chosen = chosen.iter().filter_map(|(when, _)| when.as_ref());
    let met = deadline.met_by.iter().filter_map(|it| it.when.as_ref());
    let lengthened = deadline.extend.iter().filter_map(|it| it.when.as_ref());
    deadline.when.iter().chain(chosen).chain(met).chain(lengthened)
}
