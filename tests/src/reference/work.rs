//! What one decision has in hand.

use std::collections::BTreeSet;

use engine::model::{DeadlineId, Doer, FieldId, LetterId, Point, Protocol, RecordId, RoleId};
use engine::runtime::Event;
use engine::script::{self, Expr, Value};
use engine::text::Strings;
use engine::time::{Instant, NaiveDate, Start, TimeError};

use crate::reference::case::RefCase;
use crate::reference::event::step::RefStep;
use crate::reference::sight::Sight;

/// For a period of a grid: from when the grid counts, and which period it is.
pub(crate) type Grid = Option<(Start, u32)>;

/// Why there is no decision: the name of a refusal, or `fault`.
pub(crate) type No = String;

/// The name under which everything that breaks is reported.
pub(crate) const FAULT: &str = "fault";

/// One decision in the making.
pub(crate) struct Work<'a> {
    pub(crate) protocol: &'a Protocol,
    pub(crate) strings: &'a Strings,
    pub(crate) absent: &'a [RoleId],
    pub(crate) event: Option<&'a Event>,
    /// The entry of the event: its record, and its number from 1.
    pub(crate) entry: Option<(RecordId, u16)>,
    /// What is to be said of it.
    pub(crate) of_entry: Vec<String>,
    /// The instant of everything in this decision.
    pub(crate) at: Instant,
    /// The case as it is so far.
    pub(crate) case: RefCase,
    /// What happened, in plain words.
    pub(crate) said: Vec<String>,
    /// What happened, as points; simultaneous, in order of happening.
    pub(crate) points: Vec<(Point, Option<NaiveDate>)>,
    /// The points that are being worked off: those from here on.
    pub(crate) seen_from: usize,
    /// And those before here.
    pub(crate) seen_to: usize,
    /// Fields that got another value.
    pub(crate) changed: BTreeSet<FieldId>,
    /// Letters that become due.
    pub(crate) letters: Vec<LetterId>,
    /// Who is told.
    pub(crate) tells: Vec<Doer>,
    /// Deadlines of which a clock began in this decision: it does nothing more in it.
    pub(crate) began: BTreeSet<DeadlineId>,
    /// Recurring duties whose next period begins, and from when it counts.
    pub(crate) again: Vec<(DeadlineId, Start, Grid)>,
    /// Whether the case came to another stage.
    pub(crate) enters: bool,
    /// Whether an end stage was entered.
    pub(crate) closes: bool,
    /// Whether what the closing cancels is cancelled.
    pub(crate) closed: bool,
}

impl<'a> Work<'a> {
    pub(crate) fn new(outside: &RefStep<'a>, case: RefCase) -> Self {
        Work {
            protocol: outside.protocol,
            strings: outside.strings,
            absent: outside.absent,
            event: None,
            entry: None,
            of_entry: Vec::new(),
            at: Instant::from_ms(0),
            case,
            said: Vec::new(),
            points: Vec::new(),
            seen_from: 0,
            seen_to: 0,
            changed: BTreeSet::new(),
            letters: Vec::new(),
            tells: Vec::new(),
            began: BTreeSet::new(),
            again: Vec::new(),
            enters: false,
            closes: false,
            closed: false,
        }
    }

    /// Forgets what belongs to one decision; the case and what was said stay.
    pub(crate) fn next(&mut self, at: Instant) {
        self.at = at;
        self.entry = None;
        self.points.clear();
        self.changed.clear();
        self.letters.clear();
        self.tells.clear();
        self.began.clear();
        self.again.clear();
        self.seen_from = 0;
        self.seen_to = 0;
        self.enters = false;
        self.closes = false;
        self.closed = false;
        self.case.last_at = Some(at);
        match self.event {
            Some(_) => self.case.reported_at = Some(at),
            None => self.case.acted_at = Some(at),
        }
    }

    pub(crate) fn say(&mut self, what: impl AsRef<str>) {
        self.said.push(format!("{} {}", self.at, what.as_ref()));
    }

    pub(crate) fn sight(&self) -> Sight<'_> {
        Sight {
            protocol: self.protocol,
            strings: self.strings,
            case: &self.case,
            event: self.event,
        }
    }

    pub(crate) fn holds(&self, expr: &Expr) -> Result<bool, No> {
        script::truth(expr, &self.sight()).map_err(|_| FAULT.to_owned())
    }

    /// A condition that may be left out; then it holds.
    pub(crate) fn holds_if_any(&self, expr: Option<&Expr>) -> Result<bool, No> {
        expr.map_or(Ok(true), |expr| self.holds(expr))
    }

    pub(crate) fn value_of(&self, field: FieldId) -> Value {
        let name = &self.protocol.fields[field.index()].name;
        self.case.fields.get(name).copied().unwrap_or(Value::Unset)
    }

    pub(crate) fn put(&mut self, field: FieldId, value: Value) {
        if self.value_of(field) != value {
            self.changed.insert(field);
        }
        self.case.fields.insert(self.protocol.fields[field.index()].name.clone(), value);
    }

    /// The start of a clock that counts from this decision.
    pub(crate) fn start_now(&self) -> Start {
        let date_only = self.event.is_some_and(|it| it.date_only);
        Start { at: self.at, date_only, receipt: self.event.is_some() }
    }

    pub(crate) fn in_end_stage(&self) -> bool {
        self.case.merged
            || self.case.stage.is_some_and(|(id, _)| self.protocol.stages[id.index()].end)
    }
}

/// Time that cannot be counted is a fault.
pub(crate) fn counted<T>(result: Result<T, TimeError>) -> Result<T, No> {
    result.map_err(|_| FAULT.to_owned())
}
