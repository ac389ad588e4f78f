//! How long the personal values of a case are kept, and what may be erased. Facts hold references
//! to personal values only, so erasing the values changes no fact: dates, outcomes and counts stay.

use crate::machine::Machine;
use crate::model::{DeadlineId, FieldId, Point, RecordId, Retention, RetentionId};
use crate::runtime::{Case, Clock, Context, Fact, FactKind, Fault, FaultKind, View, standing};
use crate::script::{self, Value};
use crate::text::Symbol;
use crate::time::{self, Allowance, Base, Course, Ends, FirstDay, Instant, NaiveDate, Roll};
use crate::time::{OutsideHours, Rules, Start, Twice};

/// Why personal values are kept, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retained {
    /// The case is open.
    Open,
    /// Something is still owed, or a right still runs, in the closed case.
    Owed(DeadlineId),
    /// The point from which it counts has not happened.
    NotBegun,
    /// A hold stands in the way, whatever the date.
    Held,
    /// To this date, inclusive; they may be erased from the day after.
    Until(NaiveDate),
}

/// What is to be erased: the references under which the values are kept apart. Also those that a
/// later value replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The fields of the case.
    pub fields: Vec<FieldId>,
    /// The fields of entries, each by its record and place.
    pub of_entries: Vec<(RecordId, u16)>,
    /// The references, each once, in the order in which they were recorded.
    pub slots: Vec<Symbol>,
}

impl Retained {
    /// Why nothing may be erased yet, as one fragment.
    #[must_use]
    pub fn sentence(&self, machine: &Machine) -> String {
        let deadline = |id: DeadlineId| {
            machine.protocol.deadlines.get(id.index()).map_or("", |it| it.title.as_str())
        };
        match self {
            Self::Open => "the case is open".to_owned(),
            Self::Owed(id) => format!("\"{}\" still runs", deadline(*id)),
            Self::NotBegun => "the time for which it is kept has not begun".to_owned(),
            Self::Held => "a hold stands in the way".to_owned(),
            Self::Until(last) => match last.succ_opt() {
                Some(first) => format!("it is kept to {last} and may be erased from {first} on"),
                None => format!("it is kept to {last}"),
            },
        }
    }
}

/// How each entry of `[retention]` stands, in file order. `facts` are all of the case, those that
/// no longer hold among them.
///
/// # Errors
/// A fault where the condition of a hold breaks or the date lies outside what calendars know.
pub fn retention(
    machine: &Machine,
    case: &Case,
    facts: &[Fact],
    context: &Context<'_>,
) -> Result<Vec<Retained>, Fault> {
    machine.protocol.retention.iter().map(|it| stands(machine, case, facts, context, it)).collect()
}

/// What may be erased on a date by one entry of `[retention]`.
///
/// # Errors
/// Why it may not; a fault as in [`retention`].
pub fn erasable(
    machine: &Machine,
    case: &Case,
    facts: &[Fact],
    context: &Context<'_>,
    which: RetentionId,
    on: NaiveDate,
) -> Result<Result<Erasure, Retained>, Fault> {
    let Some(entry) = machine.protocol.retention.get(which.index()) else {
        return Ok(Err(Retained::NotBegun));
    };
    let stands = stands(machine, case, facts, context, entry)?;
    match stands {
        Retained::Until(last) if on > last => {}
        _ => return Ok(Err(stands)),
    }
    let mut slots = Vec::new();
    for slot in facts.iter().filter_map(|it| slot(entry, it)) {
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }
    let (fields, of_entries) = (entry.what.clone(), entry.of_entries.clone());
    Ok(Ok(Erasure { fields, of_entries, slots }))
}

/// The reference that a fact holds, where it is one that an entry of `[retention]` is about.
fn slot(entry: &Retention, fact: &Fact) -> Option<Symbol> {
    match fact.kind {
        FactKind::FieldSet { field, value: Value::Slot(slot) } => {
            entry.what.contains(&field).then_some(slot)
        }
        FactKind::EntryFieldSet { record, field, value: Value::Slot(slot), .. } => {
            entry.of_entries.contains(&(record, field)).then_some(slot)
        }
        _ => None,
    }
}

fn stands(
    machine: &Machine,
    case: &Case,
    facts: &[Fact],
    context: &Context<'_>,
    entry: &Retention,
) -> Result<Retained, Fault> {
    let fault = |kind| Fault { rule: entry.rule, kind };
    if !case.closed {
        return Ok(Retained::Open);
    }
    // What is owed "promptly" has no due instant and would stand in the way for ever.
    let goes_on = |it: &&Clock| it.is_open() && (it.times.due.is_some() || !it.is_running());
    if let Some(clock) = case.clocks.iter().find(goes_on) {
        return Ok(Retained::Owed(clock.id.deadline));
    }
    if let Some(hold) = &entry.hold_while {
        let view = View { machine, case, event: None, strings: context.strings };
        if script::truth(hold, &view).map_err(|it| fault(FaultKind::Script(it)))? {
            return Ok(Retained::Held);
        }
    }
    // What turned out not to be true begins nothing.
    let facts = standing(facts);
    let mut starts = facts.iter().filter_map(|it| happened(machine, it, entry.after));
    let start = match entry.after {
        // A date holds as it was set last; of anything else the latest counts.
        Point::Date(_) => starts.next_back(),
        _ => starts.max_by_key(|it| it.at),
    };
    let Some(start) = start else { return Ok(Retained::NotBegun) };
    let last = last_day(machine, entry, start).map_err(|it| fault(FaultKind::Time(it)))?;
    Ok(last.map_or(Retained::NotBegun, Retained::Until))
}

/// The last day of the time for which something is kept.
fn last_day(
    machine: &Machine,
    entry: &Retention,
    start: Start,
) -> Result<Option<NaiveDate>, time::TimeError> {
    let Some(calendar) = machine.protocol.calendars.first() else { return Ok(None) };
    let rules = Rules {
        first_day: FirstDay::Next,
        ends: Ends::Midnight,
        roll: Roll::None,
        outside_hours: OutsideHours::AsIs,
        twice: Twice::Later,
    };
    let allowance = Allowance::Term(entry.keep);
    let base = Base::Allowance(&allowance);
    let due = time::due(calendar, rules, &Course { start, base, additions: &[], pauses: &[] })?;
    Ok(due.at.map(|at: Instant| machine.protocol.zone.civil(at).date()))
}

/// From when a fact lets something count that counts from a point.
fn happened(machine: &Machine, fact: &Fact, point: Point) -> Option<Start> {
    let of = match fact.kind {
        FactKind::Reported { event, .. } => Point::Event(event),
        FactKind::LetterDue { letter } => Point::Letter(letter),
        FactKind::StageEntered { stage } => Point::Stage(stage),
        FactKind::Escalated { rung } if matches!(point, Point::Rung(_)) => Point::Rung(rung),
        FactKind::Escalated { .. } => Point::Escalated,
        FactKind::Reopened => Point::Reopened,
        FactKind::Met { clock, .. } => Point::Met(clock.deadline),
        FactKind::Breached { clock } => Point::Breach(clock.deadline),
        FactKind::Lapsed { clock } => Point::Lapse(clock.deadline),
        FactKind::Extended { clock, .. } => Point::Extended(clock.deadline),
        FactKind::FieldSet { field, value: Value::Date(date) } if point == Point::Date(field) => {
            let at = machine.protocol.zone.day_start(date);
            return Some(Start { at, date_only: true, receipt: false });
        }
        _ => return None,
    };
    (of == point).then_some(Start { at: fact.at, date_only: false, receipt: false })
}
