//! Looking names up. `user` says who names the thing, so that a fault reads as a sentence:
//! "transition leads to".

use crate::check::log::Log;
use crate::check::look_up::known::Known;
use crate::check::look_up::mend;
use crate::check::look_up::names::NameList;
use crate::check::rules;
use crate::diagnostic::{Diagnostic, only_near};
use crate::model::{
    CalendarId, ChannelId, ConditionId, DeadlineId, EventId, FieldId, HelpId, IntakeId, LetterId,
    LevelId, RecordId, RoleId, RungId, StageId,
};
use crate::text::Spanned;

type Fault = fn(&str, &Spanned<String>, &NameList<'_>) -> Diagnostic;

fn place(
    user: &str,
    name: &Spanned<String>,
    names: &NameList<'_>,
    fault: Fault,
    log: &mut Log<'_>,
) -> Option<usize> {
    let place = names.place(&name.value);
    if place.is_none() {
        let found = fault(user, name, names);
        log.say(match only_near(&name.value, names.iter()) {
            Some(near) => mend::write(found, name, near, log.sources),
            None => found,
        });
    }
    place
}

macro_rules! finders {
    ($($(#[$doc:meta])* $name:ident: $id:ident in $list:ident, $fault:path;)*) => { $(
        $(#[$doc])*
        pub(crate) fn $name(
            user: &str,
            name: &Spanned<String>,
            known: &Known<'_>,
            log: &mut Log<'_>,
        ) -> Option<$id> {
            place(user, name, &known.names.$list, $fault, log).map($id::at)
        }
    )* };
}

finders! {
    /// The calendar with this name.
    calendar: CalendarId in calendars, rules::unknown_calendar;
    /// The channel with this name.
    channel: ChannelId in channels, rules::unknown_channel;
    /// The condition with this name.
    condition: ConditionId in conditions, rules::unknown_condition;
    /// The deadline with this name.
    deadline: DeadlineId in deadlines, rules::unknown_deadline;
    /// The field with this name.
    field: FieldId in fields, rules::unknown_field;
    /// The help with this name.
    help: HelpId in help, rules::unknown_help;
    /// The kind of intake with this name.
    intake: IntakeId in intake, rules::unknown_intake;
    /// The letter with this name.
    letter: LetterId in letters, rules::unknown_letter;
    /// The level of severity with this name.
    level: LevelId in levels, rules::undeclared_level;
    /// The record with this name.
    record: RecordId in records, rules::unknown_record;
    /// The role with this name.
    role: RoleId in roles, rules::unknown_role;
    /// The rung with this name.
    rung: RungId in rungs, rules::unknown_rung;
    /// The stage with this name.
    stage: StageId in stages, rules::unknown_stage;
}

/// The event with this name.
pub(crate) fn event(
    user: &str,
    name: &Spanned<String>,
    known: &Known<'_>,
    log: &mut Log<'_>,
) -> Option<EventId> {
    let names = &known.names.events;
    if names.place(&name.value).is_none()
        && let Some(fault) = rules::record_event_missing(name, &known.written.records)
    {
        log.say(fault);
        return None;
    }
    place(user, name, names, rules::unknown_event, log).map(EventId::at)
}

/// Reads each name of a list; a name that comes twice is reported and counts once.
pub(crate) fn each<T>(
    names: &[Spanned<String>],
    log: &mut Log<'_>,
    mut read: impl FnMut(&Spanned<String>, &mut Log<'_>) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let before = names.iter().take(place).find(|it| it.value == name.value);
        match before {
            Some(first) => {
                let found = rules::duplicate_in_list(name, first.span);
                log.say(mend::leave_out(found, names, place, log.sources));
            }
            None => found.extend(read(name, log)),
        }
    }
    found
}
