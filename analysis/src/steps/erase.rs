//! What is erased from a case: its instants, and all that nothing can read any more.

use engine::model::{Agreed, DeadlineId, FieldId, Promise, RecordId, Variable};
use engine::runtime::{
    Case, Clock, ClockId, ClockState, Fact, FactKind, Mark, Pending, PromiseState, Promised, Times,
    apply,
};
use engine::script::Value;
use engine::text::Symbol;
use engine::time::{NaiveDate, Start};

use crate::steps::Matters;
use crate::steps::given::{Known, known};
use crate::steps::normal::{ENTRY, Hints, Normal};

impl Normal<'_> {
    /// Erases it, and says nothing of where each thing stands that is counted.
    pub(super) fn erase(&self, case: &mut Case, hints: &Hints, records: &[RecordId]) {
        if !self.matters.has_case(case) {
            forget(case);
        }
        self.fields(case);
        self.keep_entries(case, records);
        self.clocks(case, hints);
        self.rest(case);
    }

    fn fields(&self, case: &mut Case) {
        let stage = case.stage;
        for at in 0..case.fields.len() {
            let field = FieldId::at(at);
            let value = case.fields[at];
            let matters = self.matters.variable(Variable::Field(field));
            case.fields[at] = match value {
                _ if self.given.any_date.contains(&field) => Value::Date(self.some_date()),
                _ if !matters || !self.live.is_live(stage, field) => Value::Unset,
                Value::Date(_) if known(value) == Known::This && self.given.eager[at] => {
                    Value::Date(self.some_date())
                }
                Value::Text(_) => Value::Text(Symbol(0)),
                Value::Slot(_) if known(value) == Known::This => Value::Slot(Symbol(0)),
                other => other,
            };
        }
    }

    /// One entry of each record is followed, whatever was added after it; whether it is done is
    /// left open, for another might not be.
    pub(super) fn keep_entries(&self, case: &mut Case, records: &[RecordId]) {
        let mut kept: Vec<(RecordId, Vec<(u16, Value)>)> = Vec::new();
        for record in records.iter().copied() {
            let Some(entry) = case.entries(record).first() else { continue };
            let number = entry.number;
            let declared = self.machine.protocol.records.get(record.index());
            let fields = declared.map_or(0, |it| it.fields.len());
            let dates = (0..u16::try_from(fields).unwrap_or(u16::MAX)).filter_map(|field| {
                let value = case.entry_value(record, number, field);
                let date = matches!(value, Value::Date(_)).then(|| Value::Date(self.some_date()));
                Some((field, date?))
            });
            kept.push((record, dates.collect()));
        }
        case.entries = None;
        for (record, dates) in kept {
            let width = self.machine.protocol.records[record.index()].fields.len();
            let width = u16::try_from(width).unwrap_or(u16::MAX);
            let fact = |kind| Fact {
                sequence: 0,
                at: self.anchor.before,
                cause: None,
                rule: self.machine.protocol.records[record.index()].rule,
                kind,
            };
            apply(case, &fact(FactKind::EntryAdded { record, number: 1, id: ENTRY, width }));
            for (field, value) in dates {
                let kind = FactKind::EntryFieldSet { record, number: 1, id: ENTRY, field, value };
                apply(case, &fact(kind));
            }
        }
    }

    pub(super) fn some_date(&self) -> NaiveDate {
        self.machine.protocol.zone.civil(self.anchor.far).date()
    }

    fn clocks(&self, case: &mut Case, hints: &Hints) {
        let mut clocks: Vec<Clock> = Vec::new();
        let mut marks: Vec<Mark> = Vec::new();
        for (id, deadline) in self.matters.deadlines(self.machine) {
            let of = |it: &&Clock| it.id.deadline == id;
            let followed = |it: &&Clock| deadline.for_each.is_none() || it.id.occurrence == 1;
            let Some(clock) = case.clocks.iter().rev().filter(of).find(followed).copied() else {
                continue;
            };
            let ever = self.matters.variable(Variable::BreachedEver(id));
            let earlier = case.clocks.iter().filter(of).any(|it| it.breached && it.id != clock.id);
            if ever && earlier {
                let breached = Clock { breached: true, ..self.ended(id, 0, &clock) };
                clocks.push(breached);
            }
            if clock.is_open() {
                clocks.push(self.still_open(&clock));
                marks.extend(self.marks(case, &clock, hints));
            } else {
                clocks.push(self.ended(id, 1, &clock));
            }
        }
        case.clocks.clear();
        case.clocks.extend(clocks);
        case.marks.clear();
        case.marks.extend(marks);
    }

    fn still_open(&self, clock: &Clock) -> Clock {
        let far = self.anchor.far;
        let paused = matches!(clock.state, ClockState::Paused(_));
        let deadline = self.machine.protocol.deadlines.get(clock.id.deadline.index());
        let any_date = !paused
            && matches!(
                deadline.and_then(|it| it.due),
                Some(Agreed::Field(field)) if self.given.any_date.contains(&field)
            );
        let due = clock.times.due.map(|_| far).or_else(|| any_date.then_some(far));
        let alarm = clock.times.alarm.filter(|_| paused).map(|_| far);
        let terms = self.matters.is_timed(clock.id.deadline) && !self.is_over(clock);
        Clock {
            id: ClockId { occurrence: 1, ..clock.id },
            alternative: if terms { clock.alternative } else { 0 },
            warned: 0,
            agreed: clock.agreed.map(|_| self.some_date()).filter(|_| !any_date),
            start: self.start(clock.start, terms),
            period: 1,
            times: Times { due, alarm },
            ended_at: None,
            ..*clock
        }
    }

    /// What is left of a clock that has ended: that there was one, and what is asked about it.
    fn ended(&self, id: DeadlineId, occurrence: u16, clock: &Clock) -> Clock {
        let asked = |variable| self.matters.variable(variable);
        let state = match clock.state {
            ClockState::Met | ClockState::MetLate if asked(Variable::Met(id)) => ClockState::Met,
            ClockState::Lapsed if asked(Variable::Lapsed(id)) => ClockState::Lapsed,
            _ => ClockState::Cancelled,
        };
        let breached =
            clock.breached && (asked(Variable::Breached(id)) || asked(Variable::BreachedEver(id)));
        Clock {
            id: ClockId { deadline: id, occurrence },
            state,
            breached,
            warned: 0,
            alternative: 0,
            agreed: None,
            start: Start { at: self.anchor.before, date_only: false, receipt: false },
            period: 1,
            times: Times::default(),
            ended_at: Some(self.anchor.before),
            amended: clock.amended,
        }
    }

    /// How something began that is counted.
    const fn start(&self, start: Start, is_timed: bool) -> Start {
        let receipt = start.receipt && is_timed;
        Start { at: self.anchor.before, date_only: false, receipt }
    }

    /// Whether a clock has run out, and nothing asks any more what its term was.
    pub(super) fn is_over(&self, clock: &Clock) -> bool {
        let id = clock.id.deadline;
        let deadline = self.machine.protocol.deadlines.get(id.index());
        let may_be_late = deadline.is_none_or(|it| it.extend.iter().any(|it| it.late));
        clock.breached && !may_be_late && !self.matters.variable(Variable::Running(id))
    }

    fn rest(&self, case: &mut Case) {
        let (machine, matters) = (self.machine, &self.matters);
        let before = self.anchor.before;
        case.acts.clear();
        case.history.clear();
        case.sent.retain(|it| matters.variable(Variable::Sent(*it)));
        for timer in &mut case.timers {
            timer.due = self.anchor.far;
            timer.from = before;
            timer.receipt &= matters.is_timer_timed(machine, case.stage, timer.place);
        }
        let begun: Vec<DeadlineId> = case.clocks.iter().map(|it| it.id.deadline).collect();
        case.pending.retain(|it| match it {
            Pending::Met(id) => matters.deadline(*id) && !begun.contains(id),
            Pending::Start(id, _) => matters.deadline(*id),
        });
        for pending in &mut case.pending {
            if let Pending::Start(id, start) = pending {
                start.receipt &= matters.is_timed(*id);
            }
        }
        case.pending.sort_unstable_by_key(|it| match it {
            Pending::Met(id) => (*id, 0),
            Pending::Start(id, _) => (*id, 1),
        });
        case.pending.dedup();
        if matters.is_rough() {
            case.severity = None;
        } else if case.severity.is_some() && !matters.severity() {
            case.severity = Some(Matters::LEVEL);
        }
        case.escalated &= machine.protocol.ladder.iter().any(|it| it.start_when.is_some());
        (case.channel, case.complainant, case.respondent) = (None, None, None);
        case.opened_at = case.opened_at.map(|_| before);
        (case.last_at, case.reported_at, case.acted_at) = (before, before, before);
        case.sequence = 0;
        case.received_on_a_date = false;
        case.promises.retain(|it| Some(it.guarantee) == matters.guarantee);
        let keeps = |it: &Promised| {
            let promise = machine.protocol.guarantees.get(it.guarantee.index());
            match promise.map(|it| &it.promise) {
                Some(Promise::Within { .. } | Promise::TooSoon { .. }) => {
                    it.state == PromiseState::Open
                }
                _ => true,
            }
        };
        case.promises.retain(|it| keeps(it));
        for promised in &mut case.promises {
            promised.start = self.start(promised.start, matters.has_terms());
            promised.due = promised.due.map(|_| self.anchor.far);
        }
    }
}

/// Forgets of a case of which nothing matters any more all but where it is.
fn forget(case: &mut Case) {
    case.clocks.clear();
    case.marks.clear();
    case.pending.clear();
    case.timers.clear();
    case.sent.clear();
    case.entries = None;
    case.fields.iter_mut().for_each(|it| *it = Value::Unset);
    case.severity = None;
    case.escalated = false;
}
