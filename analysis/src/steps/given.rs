//! What a protocol asks of a case, and the values that stand for any value.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use engine::machine::{Machine, Operation};
use engine::model::{
    Agreed, EventId, FieldId, FieldKind, Lengthen, LevelId, Point, RuleId, StageId, Variable,
};
use engine::script::{Expr, Value, VariableId, cuts};
use engine::text::Symbol;
use engine::time::{Instant, NaiveDate};

use crate::steps::Matters;
use crate::steps::matters::field_that_chooses;

/// The instant at which every step is decided, and those around it. A case whose instants are
/// erased has none but these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// When the step happens.
    pub(super) now: Instant,
    /// When everything before happened; what is counted began so many milliseconds earlier as
    /// its place says.
    pub(super) before: Instant,
    /// When everything is due that does not act.
    pub(super) far: Instant,
}

/// How far the other instants lie from the step, in milliseconds.
const BEFORE_MS: i64 = 1_000;
const FAR_MS: i64 = 86_400_000;
const NOON_MS: i64 = 43_200_000;

/// Days after the first day for which a protocol holds.
const DAYS_IN: u64 = 40;

impl Anchor {
    pub(super) fn new(machine: &Machine) -> Self {
        let protocol = &machine.protocol;
        let first = protocol.effective_from.unwrap_or_else(default_day);
        let later = (0..DAYS_IN).try_fold(first, |day, _| day.succ_opt()).unwrap_or(first);
        let day = match protocol.effective_to {
            Some(last) if last < later => first,
            _ => later,
        };
        let start = protocol.zone.day_start(day);
        let now = start.plus_ms(NOON_MS).unwrap_or(start);
        let before = now.minus_ms(BEFORE_MS).unwrap_or(now);
        Self { now, before, far: now.plus_ms(FAR_MS).unwrap_or(now) }
    }

    /// The start of what stands at a place among what is counted.
    pub(super) fn start(&self, place: usize) -> Instant {
        let ms = i64::try_from(place).unwrap_or(0).saturating_add(1);
        self.before.minus_ms(ms).unwrap_or(self.before)
    }

    /// The place at which something with this start stood; `None` where it is none of them.
    pub(super) fn place(&self, start: Instant) -> Option<usize> {
        let ms = self.before.ms_since(start);
        usize::try_from(ms.checked_sub(1)?).ok().filter(|_| ms < BEFORE_MS * 60)
    }
}

fn default_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default()
}

/// How much is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Just this value, or any other that no condition tells from it.
    This,
    /// Somebody has said something, and it may be anything.
    Set,
    /// It may be anything, also unset.
    Anything,
}

const SET: Symbol = Symbol(u32::MAX - 7);
const ANYTHING: Symbol = Symbol(u32::MAX - 8);

fn far_date(place: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(9_000, 1, 1 + place).unwrap_or_default()
}

/// What stands in a case for a value that is not known.
pub(super) fn unknown(known: Known, is_date: bool) -> Value {
    match (known, is_date) {
        (Known::This, _) => Value::Unset,
        (Known::Set, true) => Value::Date(far_date(0)),
        (Known::Anything, true) => Value::Date(far_date(1)),
        (Known::Set, false) => Value::Slot(SET),
        (Known::Anything, false) => Value::Slot(ANYTHING),
    }
}

/// How much is known of a value of a case.
pub(super) fn known(value: Value) -> Known {
    match value {
        Value::Slot(SET) => Known::Set,
        Value::Slot(ANYTHING) => Known::Anything,
        Value::Date(date) if date == far_date(0) => Known::Set,
        Value::Date(date) if date == far_date(1) => Known::Anything,
        _ => Known::This,
    }
}

/// What the steps of a protocol need to know of it.
#[derive(Debug)]
pub(super) struct Given {
    /// The classes of values of the variables that conditions tell apart, by variable.
    classes: Vec<Vec<Value>>,
    /// The fields that decisions read past all conditions: each value is a case of its own.
    pub(super) eager: Vec<bool>,
    /// The conditions of these entries decide only who is told.
    pub(super) telling: BTreeSet<RuleId>,
    /// The conditions of these rules are answered either way: how serious a case is follows from
    /// them, and that is not followed.
    pub(super) judging: BTreeSet<RuleId>,
    /// The dates of which nothing tells apart which they are.
    pub(super) any_date: BTreeSet<FieldId>,
    /// The levels that these rules can give.
    pub(super) levels: Vec<LevelId>,
    /// Whether how serious a case is matters besides where it is placed.
    pub(super) reads_severity: bool,
    /// The conditions that decide nothing that matters, by where they lie in the machine.
    idle: BTreeSet<usize>,
    /// Whether conditions tell the channels apart by more than whether they are in writing.
    pub(super) tells_channels: bool,
    /// Which conditions are exact, by where they lie in the machine, which does not move.
    exact: RefCell<BTreeMap<usize, bool>>,
}

impl Given {
    pub(super) fn new(machine: &Machine, matters: &Matters) -> Self {
        let protocol = &machine.protocol;
        let exact: Vec<&Expr> =
            matters.conditions(machine).into_iter().filter(|it| is_exact(machine, it)).collect();
        let mut classes = vec![Vec::new(); protocol.variables.len()];
        for cut in cuts(&exact, &protocol.scope).unwrap_or_default().variables {
            if let Some(slot) = classes.get_mut(usize::from(cut.variable.0)) {
                *slot = cut.classes;
            }
        }
        let place = protocol.variables.iter().position(|it| *it == Variable::Channel);
        let tells_channels = place.is_some_and(|it| !classes[it].is_empty());
        let telling = protocol.roles.iter().map(|it| it.rule).collect();
        let rules = protocol.severity.iter().flat_map(|it| &it.rules);
        let judging = rules.filter(|_| matters.is_rough());
        let fields = (0..protocol.fields.len()).map(FieldId::at);
        let levels: BTreeSet<LevelId> = judging.clone().map(|it| it.is).collect();
        let otherwise = protocol.severity.iter().map(|it| it.otherwise);
        let levels = otherwise.filter(|_| matters.is_rough()).chain(levels);
        Self {
            classes,
            judging: judging.map(|it| it.rule).collect(),
            any_date: fields.filter(|it| matters.is_any_date(machine, *it)).collect(),
            levels: levels.collect(),
            reads_severity: matters.reads_severity(machine),
            idle: matters.idle(machine).map(lies_at).collect(),
            eager: eager(machine, matters),
            telling,
            tells_channels,
            exact: RefCell::default(),
        }
    }

    /// The values that conditions tell apart, unset first where they ask.
    pub(super) fn classes(&self, variable: VariableId) -> &[Value] {
        self.classes.get(usize::from(variable.0)).map_or(&[], Vec::as_slice)
    }
}

impl Given {
    /// Whether a condition of the machine decides nothing that matters.
    pub(super) fn is_idle(&self, condition: &Expr) -> bool {
        !self.idle.is_empty() && self.idle.contains(&lies_at(condition))
    }

    /// Whether a condition of the machine compares variables with constants alone.
    pub(super) fn is_exact(&self, machine: &Machine, condition: &Expr) -> bool {
        let place = lies_at(condition);
        *self.exact.borrow_mut().entry(place).or_insert_with(|| is_exact(machine, condition))
    }
}

/// Where a condition lies in the machine, which does not move.
fn lies_at(condition: &Expr) -> usize {
    std::ptr::from_ref(condition).addr()
}

/// Whether a condition compares variables with constants alone.
pub(super) fn is_exact(machine: &Machine, condition: &Expr) -> bool {
    cuts(&[condition], &machine.protocol.scope).is_some()
}

fn eager(machine: &Machine, matters: &Matters) -> Vec<bool> {
    let protocol = &machine.protocol;
    let mut eager = vec![false; protocol.fields.len()];
    let mut mark = |field: FieldId| {
        if let Some(slot) = eager.get_mut(field.index()) {
            *slot = true;
        }
    };
    for (id, deadline) in matters.deadlines(machine) {
        if let Some(field) = field_that_chooses(deadline).filter(|_| matters.is_timed(id)) {
            mark(field);
        }
        if let Some(Agreed::Field(field)) = deadline.due {
            mark(field);
        }
        for extension in &deadline.extend {
            if let Lengthen::Until { field, .. } = extension.lengthen {
                mark(field);
            }
        }
    }
    for point in matters.points() {
        if let Point::Date(field) = point {
            mark(*field);
        }
    }
    eager
}

/// Whether a field holds dates.
pub(super) fn is_date(machine: &Machine, field: FieldId) -> bool {
    machine.protocol.fields.get(field.index()).is_some_and(|it| it.kind == FieldKind::Date)
}

/// The field that an expression of a move sets.
pub(super) fn computed(machine: &Machine, expr: &Expr) -> Option<FieldId> {
    let protocol = &machine.protocol;
    let events = || (0..protocol.events.len()).map(EventId::at);
    let stages = (0..protocol.stages.len()).map(StageId::at);
    let moves = stages.flat_map(|stage| {
        let by_event = events().flat_map(move |it| machine.moves(stage, it));
        by_event.chain(machine.afters(stage))
    });
    let mut operations = moves.flat_map(|it| &it.operations);
    operations.find_map(|it| match it {
        Operation::Compute(field, of) if std::ptr::eq(of, expr) => Some(*field),
        _ => None,
    })
}
