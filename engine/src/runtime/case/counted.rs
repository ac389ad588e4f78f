//! What a clock is counted from: its term, and the marks that changed it.

use crate::machine::Machine;
use crate::model::{Agreed, Deadline, Lengthen, Warning};
use crate::runtime::{Case, Clock, ClockId, MarkKind};
use crate::script::Value;
use crate::time::{self, Allowance, Base, Calendar, Course, Due, Instant, NaiveDate, Pause, Start};
use crate::time::{Entry, FirstDay, LedgerSink, Rules, Silent, Term, TimeError};

/// What a clock is counted from: the parts of a [`Course`] that own their lists.
pub(crate) struct Counted<'a> {
    base: CountedBase<'a>,
    additions: Vec<Term>,
    pauses: Vec<Pause>,
    changed: Option<Instant>,
    /// Extensions made after the change.
    later: Vec<Term>,
    start: Start,
    /// How many amendments of calendars it is counted with.
    amended: u16,
}

enum CountedBase<'a> {
    Allowance(&'a Allowance),
    Total(Allowance),
    Date(NaiveDate),
    Nothing,
}

/// Reads the marks of a clock into what is counted.
pub(crate) fn counted<'a>(
    machine: &'a Machine,
    case: &Case,
    clock: &Clock,
    alternative: u16,
) -> Counted<'a> {
    let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
    let mut counted = Counted {
        base: periods(base(deadline, clock, alternative), clock.period),
        additions: Vec::new(),
        pauses: Vec::new(),
        changed: None,
        later: Vec::new(),
        start: origin(case, clock),
        amended: clock.amended,
    };
    for mark in case.marks.iter().filter(|mark| mark.clock == clock.id) {
        match mark.kind {
            MarkKind::Paused(_) => counted.pauses.push(Pause { from: mark.at, to: None }),
            MarkKind::Resumed => counted.run_from(mark.at),
            MarkKind::Extended(place, until) => {
                if let Some(extension) = deadline.extend.get(usize::from(place)) {
                    lengthen(&mut counted, &extension.lengthen, until);
                }
            }
            MarkKind::Recounted(_) => counted = counted.changed(mark.at),
        }
    }
    counted
}

/// What a clock is counted from that begins then, of which nothing has changed.
pub(crate) fn from_start(deadline: &Deadline, alternative: u16, start: Start) -> Counted<'_> {
    let chosen = deadline.alternatives.get(usize::from(alternative));
    let chosen = chosen.filter(|_| deadline.due.is_none());
    let base = chosen.map_or(CountedBase::Nothing, |it| CountedBase::Allowance(&it.allowance));
    Counted { base, ..nothing(start) }
}

/// What a clock is counted from that was put off to a date and never changed.
pub(crate) fn put_off<'a>(to: NaiveDate, start: Start) -> Counted<'a> {
    Counted { base: CountedBase::Date(to), ..nothing(start) }
}

/// What a clock is counted from that is due at a change.
pub(crate) fn at_change<'a>(changed: Instant) -> Counted<'a> {
    let start = Start { at: changed, date_only: false, receipt: false };
    Counted { changed: Some(changed), ..nothing(start) }
}

const fn nothing<'a>(start: Start) -> Counted<'a> {
    Counted {
        base: CountedBase::Nothing,
        additions: Vec::new(),
        pauses: Vec::new(),
        changed: None,
        later: Vec::new(),
        start,
        amended: 0,
    }
}

fn base<'a>(deadline: &'a Deadline, clock: &Clock, alternative: u16) -> CountedBase<'a> {
    if deadline.due.is_some() {
        return clock.agreed.map_or(CountedBase::Nothing, CountedBase::Date);
    }
    let chosen = deadline.alternatives.get(usize::from(alternative));
    chosen.map_or(CountedBase::Nothing, |it| CountedBase::Allowance(&it.allowance))
}

/// Where the grid of a clock starts: with its first period. Any other clock starts itself.
fn origin(case: &Case, clock: &Clock) -> Start {
    let earlier = clock.period.saturating_sub(1);
    let occurrence = clock.id.occurrence.saturating_sub(earlier);
    let first = case.clock(ClockId { occurrence, ..clock.id }).filter(|_| earlier > 0);
    first.map_or(clock.start, |first| first.start)
}

/// So many terms in a row, counted as one: each period of a grid counts from the start alone, so
/// that no rounding of a period moves the next.
fn periods(base: CountedBase<'_>, count: u16) -> CountedBase<'_> {
    let times =
        |term: &Term| Term { amount: term.amount.saturating_mul(u32::from(count)), ..*term };
    let each = |terms: &[Term]| terms.iter().map(times).collect();
    match base {
        CountedBase::Allowance(allowance) if count > 1 => CountedBase::Total(match allowance {
            Allowance::Term(term) => Allowance::Term(times(term)),
            Allowance::Min(terms) => Allowance::Min(each(terms)),
            Allowance::Max(terms) => Allowance::Max(each(terms)),
            Allowance::Promptly => Allowance::Promptly,
        }),
        base => base,
    }
}

/// The calendar of a deadline after so many amendments.
pub(crate) fn calendar<'a>(
    machine: &'a Machine,
    amended: u16,
    deadline: &Deadline,
) -> &'a Calendar {
    let found = machine.calendar(usize::from(amended), deadline.calendar);
    // INVARIANT: the checker gave the deadline a calendar of its protocol.
    found.unwrap_or(&machine.protocol.calendars[deadline.calendar.index()])
}

/// The date agreed instead of a term, as the case has it now.
pub(crate) fn agreed(deadline: &Deadline, case: &Case, clock: ClockId) -> Option<NaiveDate> {
    let value = match deadline.due? {
        Agreed::Field(field) => case.field(field),
        Agreed::Entry(field) => {
            case.entry_value(deadline.for_each?.record, clock.occurrence, field)
        }
    };
    match value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}

fn lengthen(counted: &mut Counted<'_>, lengthen: &Lengthen, until: Option<NaiveDate>) {
    match lengthen {
        Lengthen::Add(term) if counted.changed.is_some() => counted.later.push(*term),
        Lengthen::Add(term) => counted.additions.push(*term),
        Lengthen::Total(term) => {
            counted.base = CountedBase::Total(Allowance::Term(*term));
            counted.additions.clear();
            counted.later.clear();
        }
        Lengthen::Until { .. } => {
            if let Some(date) = until {
                counted.base = CountedBase::Date(date);
                counted.additions.clear();
                counted.later.clear();
            }
        }
    }
}

impl<'a> Counted<'a> {
    /// Adds an extension that has not happened yet, to see what it would give.
    pub(crate) fn lengthened(mut self, by: &Lengthen, until: Option<NaiveDate>) -> Self {
        lengthen(&mut self, by, until);
        self
    }

    /// Adds the end of the open pause, to see what it would give.
    pub(crate) fn resumed(mut self, at: Instant) -> Self {
        if self.pauses.last().is_some_and(|last| last.to.is_none()) {
            self.run_from(at);
        }
        self
    }

    /// Ends the last pause. A change made during it counts from here, for a clock that stands
    /// still is not due.
    fn run_from(&mut self, at: Instant) {
        let Some(last) = self.pauses.last_mut() else { return };
        last.to = Some(at);
        if self.changed.is_some_and(|changed| changed >= last.from) {
            self.changed = Some(at);
        }
    }

    /// Holds the due instant at the instant of a change, where it would be earlier.
    pub(crate) fn changed(mut self, at: Instant) -> Self {
        self.changed = Some(at);
        self.additions.append(&mut self.later);
        self
    }

    /// Whether the end is a date that was agreed, which no pause moves.
    pub(crate) const fn is_agreed(&self) -> bool {
        matches!(self.base, CountedBase::Date(_))
    }

    /// The due instant.
    pub(crate) fn due(
        &self,
        machine: &Machine,
        deadline: &Deadline,
    ) -> Result<Option<Instant>, TimeError> {
        Ok(self.due_with(machine, deadline, &mut Silent)?.and_then(|due| due.at))
    }

    /// The due instant with its working, told to a sink. Where a change has put it into the past
    /// it is due at the change, and what is added later is added to that.
    pub(crate) fn due_with(
        &self,
        machine: &Machine,
        deadline: &Deadline,
        sink: &mut impl LedgerSink,
    ) -> Result<Option<Due>, TimeError> {
        let calendar = calendar(machine, self.amended, deadline);
        let rules = deadline.counts;
        let Some(course) = self.course(&self.additions) else { return Ok(None) };
        let Some(changed) = self.changed else {
            return time::due_with(calendar, rules, &course, sink).map(Some);
        };
        let past = time::due(calendar, rules, &course)?.at.filter(|at| *at < changed);
        let Some(counted) = past else {
            let all: Vec<Term> = self.additions.iter().chain(&self.later).copied().collect();
            let course = Course { additions: &all, ..course };
            return time::due_with(calendar, rules, &course, sink).map(Some);
        };
        let mut due = time::due_with(calendar, rules, &course, sink)?;
        sink.push(|| Entry::DueAtChange { counted, at: changed });
        if let Some(later) = self.due_later(calendar, rules, changed, sink)? {
            return Ok(Some(later));
        }
        due.at = Some(changed);
        Ok(Some(due))
    }

    /// The end of what was added since a change at which it was due; nothing where nothing was.
    fn due_later(
        &self,
        calendar: &Calendar,
        rules: Rules,
        changed: Instant,
        sink: &mut impl LedgerSink,
    ) -> Result<Option<Due>, TimeError> {
        let Some((first, rest)) = self.later.split_first() else { return Ok(None) };
        let start = Start { at: changed, date_only: false, receipt: false };
        let allowance = Allowance::Term(*first);
        let base = Base::Allowance(&allowance);
        let course = Course { start, base, additions: rest, pauses: &self.pauses };
        let rules = Rules { first_day: FirstDay::Next, ..rules };
        time::due_with(calendar, rules, &course, sink).map(Some)
    }

    /// The due instant of what is due at a change and what was added since.
    pub(crate) fn due_at_change(
        &self,
        machine: &Machine,
        deadline: &Deadline,
        changed: Instant,
    ) -> Result<Instant, TimeError> {
        let calendar = calendar(machine, self.amended, deadline);
        let later = self.due_later(calendar, deadline.counts, changed, &mut Silent)?;
        Ok(later.and_then(|it| it.at).unwrap_or(changed))
    }

    fn course<'c>(&'c self, additions: &'c [Term]) -> Option<Course<'c>> {
        let base = match &self.base {
            CountedBase::Allowance(allowance) => Base::Allowance(allowance),
            CountedBase::Total(allowance) => Base::Allowance(allowance),
            CountedBase::Date(date) => Base::Date(*date),
            CountedBase::Nothing => return None,
        };
        Some(Course { start: self.start, base, additions, pauses: &self.pauses })
    }

    /// The instant of a warning; `None` where there is no due instant to warn of.
    pub(crate) fn warning(
        &self,
        machine: &Machine,
        clock: &Clock,
        warning: Warning,
        due: Instant,
    ) -> Result<Option<Instant>, TimeError> {
        let deadline = &machine.protocol.deadlines[clock.id.deadline.index()];
        let calendar = calendar(machine, self.amended, deadline);
        let percent = match warning {
            Warning::Before(term) => {
                return time::before(calendar, deadline.counts, due, term).map(Some);
            }
            Warning::AtPercent(percent) => percent,
        };
        let all: Vec<Term> = self.additions.iter().chain(&self.later).copied().collect();
        let Some(course) = self.course(&all) else { return Ok(None) };
        // A share of a period of a grid is a share of that period, not of all periods so far.
        let own = deadline.alternatives.get(usize::from(clock.alternative));
        let course = match own {
            Some(own) if clock.period > 1 => {
                Course { start: clock.start, base: Base::Allowance(&own.allowance), ..course }
            }
            _ => course,
        };
        time::at_percent(calendar, deadline.counts, &course, percent)
    }
}
