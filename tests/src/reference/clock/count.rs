//! Due instants, warnings and ends of pauses, derived from a clock's whole history.

use engine::model::{Agreed, Lengthen, Protocol, StageId, Warning};
use engine::script::Value;
use engine::time::{
    Allowance, Base, Calendar, Course, FirstDay, Instant, NaiveDate, Pause, Rules, Start, Term,
    at_percent, before, due,
};

use crate::reference::case::{RefCase, RefClock};
use crate::reference::work::{No, counted};

/// What a clock's length comes from, in the end.
#[derive(Clone)]
enum Length {
    Allowance(Allowance),
    Date(NaiveDate),
    /// The field that holds the agreed date has no value yet.
    Nothing,
}

/// The calendar and the rules a clock is counted by.
pub(crate) fn counting<'p>(protocol: &'p Protocol, clock: &RefClock) -> (&'p Calendar, Rules) {
    let deadline = &protocol.deadlines[clock.deadline.index()];
    (&protocol.calendars[deadline.calendar.index()], deadline.counts)
}

/// The term and what extensions have made of it: the latest `total` or `until` replaces what was
/// there, each `add` comes on top.
fn length(protocol: &Protocol, clock: &RefClock) -> (Length, Vec<Term>) {
    let deadline = &protocol.deadlines[clock.deadline.index()];
    let mut base = match (deadline.due, clock.agreed) {
        (Some(_), Some(date)) => Length::Date(date),
        (Some(_), None) => Length::Nothing,
        (None, _) => {
            let allowance = &deadline.alternatives[usize::from(clock.term)].allowance;
            Length::Allowance(in_a_row(allowance, clock.period))
        }
    };
    let mut additions = Vec::new();
    for (place, date) in &clock.extensions {
        match (&deadline.extend[usize::from(*place)].lengthen, date) {
            (Lengthen::Add(term), _) => additions.push(*term),
            (Lengthen::Total(term), _) => {
                base = Length::Allowance(Allowance::Term(*term));
                additions.clear();
            }
            (Lengthen::Until { .. }, Some(date)) => {
                base = Length::Date(*date);
                additions.clear();
            }
            (Lengthen::Until { .. }, None) => {}
        }
    }
    (base, additions)
}

/// A term so many times: a grid is counted from its start alone.
fn in_a_row(allowance: &Allowance, times: u32) -> Allowance {
    let longer = |term: &Term| Term { amount: term.amount * times, unit: term.unit };
    match allowance {
        Allowance::Term(term) => Allowance::Term(longer(term)),
        Allowance::Min(terms) => Allowance::Min(terms.iter().map(longer).collect()),
        Allowance::Max(terms) => Allowance::Max(terms.iter().map(longer).collect()),
        Allowance::Promptly => Allowance::Promptly,
    }
}

/// Whether the clock ends on an agreed date: such a date does not move and is not paused.
pub(crate) fn is_agreed(protocol: &Protocol, clock: &RefClock) -> bool {
    !matches!(length(protocol, clock).0, Length::Allowance(_))
}

fn with_course<T>(
    protocol: &Protocol,
    clock: &RefClock,
    more: &[Term],
    make: impl FnOnce(&Course<'_>) -> Result<T, No>,
) -> Result<Option<T>, No> {
    let (base, mut additions) = length(protocol, clock);
    additions.extend_from_slice(more);
    let base = match &base {
        Length::Allowance(allowance) => Base::Allowance(allowance),
        Length::Date(date) => Base::Date(*date),
        Length::Nothing => return Ok(None),
    };
    let pauses: Vec<Pause> =
        clock.pauses.iter().map(|it| Pause { from: it.from, to: it.to }).collect();
    let course = Course { start: clock.origin, base, additions: &additions, pauses: &pauses };
    make(&course).map(Some)
}

/// The due instant as counted, before any change is looked at. Some terms may come on top.
pub(crate) fn derived(
    protocol: &Protocol,
    clock: &RefClock,
    more: &[Term],
) -> Result<Option<Instant>, No> {
    let (calendar, rules) = counting(protocol, clock);
    let found = with_course(protocol, clock, more, |course| counted(due(calendar, rules, course)))?;
    Ok(found.and_then(|it| it.at))
}

/// The due instant: none for a duty without a counted term, and while the clock stands still.
pub(crate) fn due_at(protocol: &Protocol, clock: &RefClock) -> Result<Option<Instant>, No> {
    if clock.paused_in().is_some() {
        return Ok(None);
    }
    due_with(protocol, clock, &[])
}

/// The due instant of a clock that runs, with some terms on top. Where a change has put it into
/// the past it is due at the change, and what was added since is added to that.
pub(crate) fn due_with(
    protocol: &Protocol,
    clock: &RefClock,
    more: &[Term],
) -> Result<Option<Instant>, No> {
    let (Some(floor), Some(n_before)) = (clock.floor, clock.before_floor) else {
        return derived(protocol, clock, more);
    };
    // What replaces the term since the change replaces what the change was compared with.
    let adds = |place: u16| {
        let extend = &protocol.deadlines[clock.deadline.index()].extend;
        match extend[usize::from(place)].lengthen {
            Lengthen::Add(term) => Some(term),
            _ => None,
        }
    };
    let replaced = clock.extensions.iter().rposition(|(place, _)| adds(*place).is_none());
    let n_before = replaced.map_or(n_before, |at| n_before.max(at + 1));
    let (before, since) = clock.extensions.split_at(n_before);
    let compared = RefClock { extensions: before.to_vec(), ..clock.clone() };
    if derived(protocol, &compared, &[])?.is_none_or(|at| at >= floor) {
        return derived(protocol, clock, more);
    }
    let mut terms: Vec<Term> = since.iter().filter_map(|(place, _)| adds(*place)).collect();
    terms.extend_from_slice(more);
    let Some((first, rest)) = terms.split_first() else { return Ok(Some(floor)) };
    let (calendar, rules) = counting(protocol, clock);
    let rules = Rules { first_day: FirstDay::Next, ..rules };
    let allowance = Allowance::Term(*first);
    let start = Start { at: floor, date_only: false, receipt: false };
    let base = Base::Allowance(&allowance);
    let pauses: Vec<Pause> =
        clock.pauses.iter().map(|it| Pause { from: it.from, to: it.to }).collect();
    let course = Course { start, base, additions: rest, pauses: &pauses };
    Ok(counted(due(calendar, rules, &course))?.at)
}

/// A period of a grid by itself, for shares of it.
fn alone(clock: &RefClock) -> RefClock {
    RefClock { origin: clock.start, period: 1, ..clock.clone() }
}

/// When the next warning is given, and which: never one at or before the start, and none that
/// comes no earlier than the end. One that a change put in the past is given at the change.
pub(crate) fn next_warning(
    protocol: &Protocol,
    clock: &RefClock,
) -> Result<Option<(Instant, u16)>, No> {
    let Some(due) = due_at(protocol, clock)?.filter(|_| !clock.breached) else {
        return Ok(None);
    };
    let (calendar, rules) = counting(protocol, clock);
    let mut next: Option<(Instant, u16)> = None;
    for (warning, place) in protocol.deadlines[clock.deadline.index()].warn.iter().zip(0u16..) {
        let at = match warning {
            Warning::Before(term) => counted(before(calendar, rules, due, *term)).ok(),
            Warning::AtPercent(percent) => with_course(protocol, &alone(clock), &[], |course| {
                counted(at_percent(calendar, rules, course, *percent))
            })?
            .flatten(),
        };
        let Some(at) = at.filter(|at| *at > clock.start.at && !clock.warned.contains(&place))
        else {
            continue;
        };
        if at.max(clock.changed_at) >= due {
            continue;
        }
        if next.is_none_or(|(earliest, _)| at < earliest) {
            next = Some((at, place));
        }
    }
    Ok(next)
}

/// When a pause that began or begins ends by its limit. The limit is counted like the clock
/// itself, from its first pause in the stage on, leaving out the time between the pauses.
pub(crate) fn pause_ends(
    protocol: &Protocol,
    clock: &RefClock,
    stage: StageId,
    limit: Term,
) -> Result<Option<Instant>, No> {
    let here: Vec<_> = clock.pauses.iter().filter(|it| it.stage == stage).collect();
    let Some(first) = here.first() else { return Ok(None) };
    let between: Vec<Pause> = here
        .windows(2)
        .filter_map(|pair| Some(Pause { from: pair[0].to?, to: Some(pair[1].from) }))
        .collect();
    let start = Start { at: first.from, date_only: false, receipt: false };
    let allowance = Allowance::Term(limit);
    let base = Base::Allowance(&allowance);
    let course = Course { start, base, additions: &[], pauses: &between };
    let (calendar, rules) = counting(protocol, clock);
    Ok(counted(due(calendar, rules, &course))?.at)
}

/// When a timed transition acts: counted from the entering of the stage, never paused.
pub(crate) fn timer_due(protocol: &Protocol, entered: Start, term: Term) -> Result<Instant, No> {
    let allowance = Allowance::Term(term);
    let base = Base::Allowance(&allowance);
    let course = Course { start: entered, base, additions: &[], pauses: &[] };
    let found = counted(due(&protocol.calendars[0], protocol.counts, &course))?;
    found.at.ok_or_else(|| crate::reference::work::FAULT.to_owned())
}

/// The agreed date of a deadline now.
pub(crate) fn agreed_now(
    protocol: &Protocol,
    case: &RefCase,
    clock: &RefClock,
) -> Option<NaiveDate> {
    let deadline = &protocol.deadlines[clock.deadline.index()];
    let value = match deadline.due? {
        Agreed::Field(field) => case.fields.get(&protocol.fields[field.index()].name),
        Agreed::Entry(field) => {
            let record = deadline.for_each?.record;
            let declared = &protocol.records[record.index()].fields[usize::from(field)];
            let entry = &case.entries_of(record)[usize::from(clock.occurrence) - 1];
            entry.values.get(&declared.field.name)
        }
    };
    match value {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}
