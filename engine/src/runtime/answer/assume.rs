//! A due instant without a case: what would a deadline be, if it started then?

use crate::machine::Machine;
use crate::model::{Agreed, Choose, Deadline, DeadlineId, FieldId, LevelId, Point, RungId};
use crate::runtime::case::counted;
use crate::runtime::case::due;
use crate::runtime::{Case, Clock, ClockId, Times, View};
use crate::runtime::{Fault, FaultKind};
use crate::script::{self, Value};
use crate::text::Strings;
use crate::time::{Due, Instant, Ledger, Start};

/// What is assumed of the case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assumed {
    /// Its severity.
    pub severity: Option<LevelId>,
    /// Its rung.
    pub rung: Option<RungId>,
    /// Its fields.
    pub fields: Vec<(FieldId, Value)>,
}

/// What a deadline would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The due instant; `None` for a duty without a counted term.
    pub due: Option<Due>,
    /// The working, day by day.
    pub ledger: Ledger,
    /// The place of the term that applies; 0 where there is only one, or an agreed date.
    pub alternative: u16,
    /// When warnings would be given, earliest first.
    pub warnings: Vec<Instant>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum NoAnswer {
    /// The term depends on the severity, and none is assumed.
    SeverityUnknown,
    /// The term depends on the rung, and none is assumed.
    RungUnknown,
    /// The term or the agreed date depends on this field, and it is not assumed.
    FieldUnknown(FieldId),
    /// Each entry has an agreed date of its own.
    AgreedInEntry,
    /// A condition broke, or a date is outside what calendars know.
    Faulted(Box<Fault>),
}

/// The start of a clock at an instant: whether it counts as a receipt follows from what starts
/// the deadline, so that `receipt_outside_hours` is kept to.
#[must_use]
pub fn start_at(deadline: &Deadline, at: Instant, date_only: bool) -> Start {
    let by_time = |point: &Point| matches!(point, Point::Breach(_) | Point::Lapse(_));
    let receipt = !deadline.starts.iter().all(by_time);
    Start { at, date_only, receipt }
}

/// What a deadline would be if it started then in a case of which only this is known.
///
/// # Errors
/// What must be known besides, or a fault.
pub fn due_for(
    machine: &Machine,
    id: DeadlineId,
    start: Start,
    assumed: &Assumed,
    strings: &Strings,
) -> Result<Answer, NoAnswer> {
    let deadline = &machine.protocol.deadlines[id.index()];
    needs(deadline, assumed)?;
    let case = assumed_case(machine, assumed);
    let faulted =
        |kind: FaultKind| NoAnswer::Faulted(Box::new(Fault { rule: deadline.rule, kind }));
    let view = View { machine, case: &case, event: None, strings };
    let alternative = due::alternative(&case, deadline, |when| script::truth(when, &view))
        .map_err(|fault| faulted(FaultKind::Script(fault)))?;
    counted_with(machine, (id, alternative), start, &case)
}

/// What a deadline would be if it started then with this one of its terms, whatever would choose
/// it.
///
/// # Errors
/// Its date is agreed and not counted, or a fault.
pub fn due_with_term(
    machine: &Machine,
    id: DeadlineId,
    start: Start,
    alternative: u16,
) -> Result<Answer, NoAnswer> {
    match machine.protocol.deadlines[id.index()].due {
        Some(Agreed::Entry(_)) => Err(NoAnswer::AgreedInEntry),
        Some(Agreed::Field(field)) => Err(NoAnswer::FieldUnknown(field)),
        None => {
            let case = assumed_case(machine, &Assumed::default());
            counted_with(machine, (id, alternative), start, &case)
        }
    }
}

fn counted_with(
    machine: &Machine,
    (id, alternative): (DeadlineId, u16),
    start: Start,
    case: &Case,
) -> Result<Answer, NoAnswer> {
    let deadline = &machine.protocol.deadlines[id.index()];
    let id = ClockId { deadline: id, occurrence: 1 };
    let mut clock = Clock::begun(id, start, alternative, Times::default());
    clock.agreed = counted::agreed(deadline, case, id);
    let untimely = |error| {
        let kind = FaultKind::Time(error);
        NoAnswer::Faulted(Box::new(Fault { rule: deadline.rule, kind }))
    };
    let (ledger, due) = due::ledger(machine, case, &clock).map_err(untimely)?;
    let mut warnings = Vec::new();
    if let Some(at) = due.as_ref().and_then(|due| due.at) {
        let counted = counted::counted(machine, case, &clock, alternative);
        while let Some((place, warned_at)) =
            due::next_warning(machine, &counted, &clock, at).map_err(untimely)?
        {
            clock = clock.having_warned(place);
            warnings.push(warned_at);
        }
    }
    Ok(Answer { due, ledger, alternative, warnings })
}

fn needs(deadline: &Deadline, assumed: &Assumed) -> Result<(), NoAnswer> {
    let known = |field: FieldId| assumed.fields.iter().any(|(id, _)| *id == field);
    match (&deadline.choose, deadline.due) {
        (_, Some(Agreed::Entry(_))) => Err(NoAnswer::AgreedInEntry),
        (_, Some(Agreed::Field(field))) if !known(field) => Err(NoAnswer::FieldUnknown(field)),
        (Choose::BySeverity(_), _) if assumed.severity.is_none() => Err(NoAnswer::SeverityUnknown),
        (Choose::ByRung(_), _) if assumed.rung.is_none() => Err(NoAnswer::RungUnknown),
        (Choose::ByField(field, _), _) if !known(*field) => Err(NoAnswer::FieldUnknown(*field)),
        _ => Ok(()),
    }
}

fn assumed_case(machine: &Machine, assumed: &Assumed) -> Case {
    let mut case = Case::new(machine);
    for (slot, default) in case.fields.iter_mut().zip(&machine.defaults) {
        *slot = *default;
    }
    for (field, value) in &assumed.fields {
        if let Some(slot) = case.fields.get_mut(field.index()) {
            *slot = *value;
        }
    }
    case.severity = assumed.severity;
    case.rung = assumed.rung.unwrap_or(RungId(0));
    case
}
