//! Due instants, warnings and ends of pauses, derived from a clock's whole history.

use engine::model::{Lengthen, Protocol, StageId, Warning};
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
            Length::Allowance(deadline.alternatives[usize::from(clock.term)].allowance.clone())
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
    let course = Course { start: clock.start, base, additions: &additions, pauses: &pauses };
    make(&course).map(Some)
}

/// The due instant as counted, before any change that put it in the past is looked at. Some terms
/// may come on top.
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
    match clock.recounted {
        Some((at, n_before)) => since_recounted(protocol, clock, at, n_before),
        None => derived(protocol, clock, &[]),
    }
}

/// A clock that was counted again is due at that instant if it would have been due before; what is
/// added since is then added to that instant.
fn since_recounted(
    protocol: &Protocol,
    clock: &RefClock,
    at: Instant,
    n_before: usize,
) -> Result<Option<Instant>, No> {
    let extend = &protocol.deadlines[clock.deadline.index()].extend;
    let replaces = |(place, _): &(u16, Option<NaiveDate>)| {
        !matches!(extend[usize::from(*place)].lengthen, Lengthen::Add(_))
    };
    // An extension that replaces the term is part of what is counted from the start.
    let replaced = clock.extensions.iter().rposition(replaces).map_or(0, |place| place + 1);
    let n_counted = n_before.max(replaced);
    let mut then = clock.clone();
    then.extensions.truncate(n_counted);
    if derived(protocol, &then, &[])?.is_none_or(|due| due >= at) {
        return derived(protocol, clock, &[]);
    }
    let since = clock.extensions.iter().skip(n_counted);
    let terms: Vec<Term> = since
        .filter_map(|(place, _)| match extend[usize::from(*place)].lengthen {
            Lengthen::Add(term) => Some(term),
            _ => None,
        })
        .collect();
    let Some((first, rest)) = terms.split_first() else { return Ok(Some(at)) };
    let (calendar, rules) = counting(protocol, clock);
    let rules = Rules { first_day: FirstDay::Next, ..rules };
    let allowance = Allowance::Term(*first);
    let start = Start { at, date_only: false, receipt: false };
    let base = Base::Allowance(&allowance);
    let pauses: Vec<Pause> =
        clock.pauses.iter().map(|it| Pause { from: it.from, to: it.to }).collect();
    let course = Course { start, base, additions: rest, pauses: &pauses };
    Ok(counted(due(calendar, rules, &course))?.at)
}

/// The clock as a share of its term is reckoned.
fn shared(protocol: &Protocol, clock: &RefClock) -> RefClock {
    let extend = &protocol.deadlines[clock.deadline.index()].extend;
    let adds = |place: u16| matches!(extend[usize::from(place)].lengthen, Lengthen::Add(_));
    let from = clock.share_leaves_out_from.unwrap_or(usize::MAX);
    let mut shared = clock.clone();
    let extensions = clock.extensions.iter().enumerate();
    let kept = extensions.filter(|(number, (place, _))| *number < from || !adds(*place));
    shared.extensions = kept.map(|(_, extension)| *extension).collect();
    shared
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
            Warning::AtPercent(percent) => {
                with_course(protocol, &shared(protocol, clock), &[], |course| {
                    counted(at_percent(calendar, rules, course, *percent))
                })?
                .flatten()
            }
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
    let field = protocol.deadlines[clock.deadline.index()].due?;
    match case.fields.get(&protocol.fields[field.index()].name) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}
