//! Erases from a case its instants and all that nothing can read any more.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::model::{
    Agreed, DeadlineId, FieldId, Lengthen, Period, Point, Promise, RecordId, StageId, Variable,
};
use engine::runtime::{
    Case, Clock, ClockId, ClockState, Fact, FactKind, Mark, MarkKind, Pending, PromiseState,
    Promised, Times, apply,
};
use engine::script::Value;
use engine::text::Symbol;
use engine::time::{Instant, NaiveDate, Start};

use crate::steps::Matters;
use crate::steps::given::{Anchor, Given, Known, known};
use crate::steps::key::{Counted, Item, Key, Open, Standing};
use crate::steps::live::Live;

/// The one id that entries have.
pub(super) const ENTRY: Symbol = Symbol(u32::MAX - 9);

/// Longer ago than any limit of a pause lasts.
const LONG_MS: i64 = 3 * 366 * 86_400_000;

/// What a case is made normal by.
#[derive(Debug)]
pub(super) struct Normal<'m> {
    pub(super) machine: &'m Machine,
    pub(super) matters: Matters,
    pub(super) given: Given,
    pub(super) live: Live,
    pub(super) anchor: Anchor,
}

/// What is not read off a case alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    /// The clocks that are due at the instant of the step, because a change has put their end
    /// into the past.
    pub(super) past: Vec<DeadlineId>,
    /// The clock whose pause was ended by its limit, and the stage that paused it.
    pub(super) used_up: Option<(DeadlineId, StageId)>,
}

/// What the marks of a clock say.
#[derive(Default)]
struct Marks {
    /// The stages that have paused it before, and whether nothing is left of their limit.
    pauses: BTreeMap<StageId, bool>,
    /// What was changed, and when.
    rest: Vec<(MarkKind, Instant)>,
    /// The stage that pauses it now, and since when.
    inside: Option<(StageId, Instant)>,
    /// What was changed while it stands still.
    during: Option<MarkKind>,
}

/// The extensions of a clock.
#[derive(Default)]
struct Made {
    /// All that count, from its begin.
    extensions: Vec<u16>,
    /// Where a change has put its end into the past: those made since.
    since: Option<Vec<u16>>,
    /// Whether one of them was made more often than is counted.
    many: bool,
}

impl Normal<'_> {
    /// The key of a case.
    pub(super) fn key(&self, mut case: Case, hints: &Hints) -> Key {
        if !self.matters.has_case(&case) {
            forget(&mut case);
        }
        self.fields(&mut case);
        let records: Vec<RecordId> = self.matters.records().collect();
        self.keep_entries(&mut case, &records);
        self.clocks(&mut case, hints);
        self.rest(&mut case);
        let open = self.open(&case);
        self.places(&mut case, &open);
        Key::new(case, open, &records)
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

    fn some_date(&self) -> NaiveDate {
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
    fn is_over(&self, clock: &Clock) -> bool {
        let id = clock.id.deadline;
        let deadline = self.machine.protocol.deadlines.get(id.index());
        let may_be_late = deadline.is_none_or(|it| it.extend.iter().any(|it| it.late));
        clock.breached && !may_be_late && !self.matters.variable(Variable::Running(id))
    }

    fn marks(&self, case: &Case, clock: &Clock, hints: &Hints) -> Vec<Mark> {
        let id = clock.id.deadline;
        let mut read = self.read_marks(case, clock, hints);
        if self.is_over(clock) {
            read.pauses.clear();
            read.during = None;
            read.rest.clear();
        }
        if !self.matters.is_timed(id) {
            // What is left is how often it was lengthened.
            read.pauses.clear();
            read.during = None;
            read.rest.retain(|(kind, _)| match kind {
                MarkKind::Extended(place, _) => !self.is_any_times(id, *place),
                _ => false,
            });
        }
        // A change that has not put the end into the past has changed only which term it is.
        let is_past = hints.past.contains(&id);
        let before = self.anchor.before;
        let is_running = clock.state == ClockState::Running;
        read.rest.retain(|(kind, at)| {
            let changed = matches!(kind, MarkKind::Recounted(_));
            !changed || !is_running || if is_past { *at > before } else { *at <= before }
        });
        only_last_change(&mut read.rest);
        let clock = ClockId { deadline: id, occurrence: 1 };
        let mut marks = Vec::new();
        for (stage, used) in read.pauses.into_iter().filter(|it| self.is_limited(id, it.0)) {
            let from = if used { long_before(before) } else { before };
            marks.push(Mark { clock, at: from, kind: MarkKind::Paused(stage) });
            marks.push(Mark { clock, at: before, kind: MarkKind::Resumed });
        }
        marks.extend(read.rest.into_iter().map(|(kind, _)| Mark { clock, at: before, kind }));
        if let Some((stage, _)) = read.inside {
            marks.push(Mark { clock, at: before, kind: MarkKind::Paused(stage) });
            let during = read.during.map(|_| CHANGED);
            marks.extend(during.map(|kind| Mark { clock, at: before, kind }));
        }
        marks
    }

    fn read_marks(&self, case: &Case, clock: &Clock, hints: &Hints) -> Marks {
        let id = clock.id.deadline;
        let mut read = Marks::default();
        for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
            match mark.kind {
                MarkKind::Paused(stage) => read.inside = Some((stage, mark.at)),
                MarkKind::Resumed => {
                    if let Some((stage, from)) = read.inside.take() {
                        let long = self.anchor.now.ms_since(from) >= LONG_MS;
                        let used = long || hints.used_up == Some((id, stage));
                        *read.pauses.entry(stage).or_default() |= used;
                    }
                    read.rest.extend(read.during.take().map(|it| (it, mark.at)));
                }
                MarkKind::Extended(place, until) => {
                    let kind = MarkKind::Extended(place, until.map(|_| self.some_date()));
                    let made = read.rest.iter().filter(|it| it.0 == kind).count();
                    if !self.is_any_times(id, place) || made < 2 {
                        read.rest.push((kind, mark.at));
                    }
                }
                kind @ MarkKind::Recounted(_) if read.inside.is_some() => read.during = Some(kind),
                kind @ MarkKind::Recounted(_) => read.rest.push((kind, mark.at)),
            }
        }
        read
    }

    fn is_limited(&self, id: DeadlineId, stage: StageId) -> bool {
        let stage = self.machine.protocol.stages.get(stage.index());
        let pauses = stage.map_or(&[][..], |it| &it.pauses);
        pauses.iter().any(|it| it.deadline == id && it.limit.is_some())
    }

    /// By how much an extension lengthens.
    fn lengthen(&self, id: DeadlineId, place: u16) -> Option<&Lengthen> {
        let deadline = self.machine.protocol.deadlines.get(id.index())?;
        deadline.extend.get(usize::from(place)).map(|it| &it.lengthen)
    }

    /// Whether an extension may be made as often as one likes.
    fn is_any_times(&self, id: DeadlineId, place: u16) -> bool {
        let deadline = self.machine.protocol.deadlines.get(id.index());
        let extension = deadline.and_then(|it| it.extend.get(usize::from(place)));
        extension.is_none_or(|it| it.times.is_none())
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

    /// What is being counted in a case that is normal but for the starts.
    fn open(&self, case: &Case) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        for clock in case.clocks.iter().filter(|it| it.is_open() && !it.breached) {
            let paused = matches!(clock.state, ClockState::Paused(_));
            if clock.times.due.is_some() || paused {
                let counted = self.clock(case, clock);
                open.extend(self.begun(&counted));
                open.push(counted);
            }
        }
        for timer in &case.timers {
            let (stage, place) = (case.stage, timer.place);
            let is_timed = self.matters.is_timer_timed(self.machine, stage, place);
            let counted = match is_timed || !self.matters.has_terms() {
                true => Counted::Timer { stage, place },
                false => Counted::Nothing,
            };
            open.push(plain(Item::Timer(timer.place), counted, timer.receipt));
        }
        for pending in &case.pending {
            if let Pending::Start(id, start) = pending {
                open.push(plain(Item::Waiting(*id), Counted::Nothing, start.receipt));
            }
        }
        let kind = self.machine.protocol.intake.get(case.intake.index());
        if case.opened_at.is_some() && kind.is_some_and(|it| it.becomes.is_some()) {
            open.push(plain(Item::Opened, Counted::Nothing, true));
        }
        for promised in case.promises.iter().filter(|it| it.due.is_some()) {
            let item = Item::Promise(promised.guarantee);
            open.push(plain(item, Counted::Promise(promised.guarantee), promised.start.receipt));
        }
        open.sort();
        open
    }

    fn clock(&self, case: &Case, clock: &Clock) -> Open {
        let id = clock.id.deadline;
        let deadline = &self.machine.protocol.deadlines[id.index()];
        let Made { extensions, since, many } = self.made(case, clock);
        let begins = || deadline.starts.iter().chain(&deadline.restarts);
        let of_date = |it: &Point| matches!(it, Point::Date(_));
        let is_timed = self.matters.is_timed(id) || !self.matters.has_terms();
        let counted = match (deadline.due.is_some() || begins().any(of_date), since) {
            (true, _) => Counted::Date(id),
            _ if !is_timed => Counted::Nothing,
            (false, Some(extensions)) => Counted::AtChange { deadline: id, extensions },
            (false, None) => {
                Counted::Term { deadline: id, alternative: clock.alternative, extensions, many }
            }
        };
        let standing = match clock.state {
            ClockState::Paused(stage) => Standing::Stands(stage),
            _ => Standing::Runs,
        };
        let grid = is_timed && deadline.every.as_ref().is_some_and(|it| it.per == Period::Grid);
        Open { item: Item::Clock(id), counted, standing, receipt: clock.start.receipt, grid }
    }

    /// What the extensions of a clock were made to.
    fn made(&self, case: &Case, clock: &Clock) -> Made {
        let id = clock.id.deadline;
        let mut made = Made::default();
        let mut paused = false;
        for mark in case.marks.iter().filter(|it| it.clock == clock.id) {
            match mark.kind {
                MarkKind::Paused(_) => paused = true,
                MarkKind::Resumed => paused = false,
                MarkKind::Extended(place, _) => {
                    match self.lengthen(id, place) {
                        // It counts from the begin, whatever was before.
                        Some(Lengthen::Total(_)) => made = Made::default(),
                        // How far it may go is known from the begin too: the change was before
                        // the clock was due.
                        Some(Lengthen::Until { .. }) => made.since = None,
                        Some(Lengthen::Add(_)) | None => {}
                    }
                    made.many |= self.is_any_times(id, place) && made.extensions.contains(&place);
                    made.extensions.push(place);
                    made.since.iter_mut().for_each(|it| it.push(place));
                }
                MarkKind::Recounted(_) if !paused => made.since = Some(Vec::new()),
                MarkKind::Recounted(_) => {}
            }
        }
        made
    }

    /// What is kept of the begin of a clock that is due at a change, where an extension may still
    /// count from there.
    fn begun(&self, clock: &Open) -> Option<Open> {
        let Counted::AtChange { deadline: id, .. } = clock.counted else { return None };
        let deadline = self.machine.protocol.deadlines.get(id.index())?;
        let mut extensions = deadline.extend.iter();
        let may = extensions.any(|it| !matches!(it.lengthen, Lengthen::Add(_)));
        may.then(|| plain(Item::Begun(id), Counted::Nothing, clock.receipt))
    }

    /// Gives what is counted the start that says at which place it stands.
    fn places(&self, case: &mut Case, open: &[Open]) {
        let place = |item: Item| open.iter().position(|it| it.item == item);
        let start = |item: Item| place(item).map(|it| self.anchor.start(it));
        for clock in case.clocks.iter_mut().filter(|it| it.is_open()) {
            if let Some(at) = start(Item::Clock(clock.id.deadline)) {
                clock.start.at = at;
            }
        }
        for pending in &mut case.pending {
            if let Pending::Start(id, from) = pending
                && let Some(at) = start(Item::Waiting(*id))
            {
                *from = Start { at, date_only: false, ..*from };
            }
        }
        for promised in &mut case.promises {
            if let Some(at) = start(Item::Promise(promised.guarantee)) {
                promised.start.at = at;
            }
        }
        if let Some(at) = start(Item::Opened) {
            case.opened_at = Some(at);
        }
    }
}

/// A change, whatever term it was to: that is said by the clock itself.
const CHANGED: MarkKind = MarkKind::Recounted(0);

/// Keeps of all changes of a term the last: a clock counts from that one, and what was added before
/// counts from the begin, whichever changes came between.
fn only_last_change(marks: &mut Vec<(MarkKind, Instant)>) {
    let is_change = |it: &(MarkKind, Instant)| matches!(it.0, MarkKind::Recounted(_));
    let Some(last) = marks.iter().rposition(is_change) else { return };
    marks[last].0 = CHANGED;
    let mut at = 0;
    marks.retain(|it| {
        at += 1;
        !is_change(it) || at == last + 1
    });
}

/// An instant so long before that every limit of a pause is used up by now.
pub(super) fn long_before(at: Instant) -> Instant {
    at.minus_ms(LONG_MS).unwrap_or(at)
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

const fn plain(item: Item, counted: Counted, receipt: bool) -> Open {
    Open { item, counted, standing: Standing::Runs, receipt, grid: false }
}
