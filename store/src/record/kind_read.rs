//! What a fact says, read. `kind_write` writes the same in the same order.

use crate::cases::Failure;
use crate::record::bytes::{In, damaged};
use crate::record::code;
use crate::record::fact::{Reading, read_party};
use crate::record::value;
use engine::model::{
    AmendmentId, ChannelId, DeadlineId, EventId, FieldId, GuaranteeId, IntakeId, LetterId, LevelId,
    RecordId, RuleId, RungId, StageId, StopId,
};
use engine::runtime::{Cancelled, ClockId, FactKind, Times};
use engine::text::Symbol;
use engine::time::{Instant, NaiveDate, Start};

/// Reads what a fact of a kind says that holds from an instant and is of an entry.
pub(super) fn kind(
    from: &mut In<'_>,
    code: u8,
    (at, rule): (Instant, RuleId),
    with: &mut Reading<'_, '_>,
) -> Result<FactKind, Failure> {
    let terms = with.terms;
    Ok(match code {
        code::OPENED => {
            let flags = from.flags(7)?;
            let channel = match flags & 1 {
                0 => None,
                _ => Some(ChannelId(terms.channels.read(from)?)),
            };
            let complainant = text_if(flags & 2, from, with)?;
            let respondent = text_if(flags & 4, from, with)?;
            FactKind::Opened { channel, complainant, respondent }
        }
        code::REPORTED => {
            let flags = from.flags(3)?;
            let event = EventId(terms.events.read(from)?);
            let by = read_party(from, with.all)?;
            let person = text_if(flags & 1, from, with)?;
            FactKind::Reported { event, by, person, kept: flags & 2 != 0 }
        }
        code::FIELD_SET => {
            let field = FieldId(terms.fields.read(from)?);
            let choices = terms.choices.get(field.index()).ok_or_else(|| damaged("no field"))?;
            FactKind::FieldSet { field, value: value::read_value(from, choices, with.strings)? }
        }
        code::HISTORY_SEEN => {
            let question = terms.questions.read(from)?;
            let value = value::read_value(from, &terms.questions, with.strings)?;
            FactKind::HistorySeen { question, value }
        }
        code::SEVERITY_CHANGED => {
            FactKind::SeverityChanged { level: LevelId(terms.levels.read(from)?) }
        }
        code::PLACED => FactKind::Placed { rung: RungId(terms.rungs.read(from)?) },
        code::ESCALATED => FactKind::Escalated { rung: RungId(terms.rungs.read(from)?) },
        code::STAGE_ENTERED => FactKind::StageEntered { stage: StageId(terms.stages.read(from)?) },
        code::ESCALATION_EXHAUSTED => FactKind::EscalationExhausted,
        code::REOPENED => FactKind::Reopened,
        code::CLOSED => FactKind::Closed,
        code::LETTER_DUE => FactKind::LetterDue { letter: LetterId(terms.letters.read(from)?) },
        code::LETTER_FAILED => {
            FactKind::LetterFailed { letter: LetterId(terms.letters.read(from)?) }
        }
        code::TOLD => FactKind::Told { party: read_party(from, with.all)?, from: None },
        code::TOLD_LATER => {
            let party = read_party(from, with.all)?;
            FactKind::Told { party, from: Some(from.since(at)?) }
        }
        code::TIMER_SET => FactKind::TimerSet { place: from.small()?, due: from.since(at)? },
        code::TIMER_RAN => FactKind::TimerRan { place: from.small()? },
        _ => return of_whole(from, code, (at, rule), with),
    })
}

fn of_whole(
    from: &mut In<'_>,
    code: u8,
    (at, rule): (Instant, RuleId),
    with: &mut Reading<'_, '_>,
) -> Result<FactKind, Failure> {
    let terms = with.terms;
    Ok(match code {
        code::ACT_REFUSED => FactKind::ActRefused {
            event: EventId(terms.events.read(from)?),
            stop: StopId(terms.stops.read(from)?),
            place: from.small()?,
        },
        code::TAKEN_IN => {
            let date_only = from.flags(1)? != 0;
            FactKind::TakenIn { intake: IntakeId(terms.intakes.read(from)?), date_only }
        }
        code::CONVERTED => {
            let flags = from.flags(1)?;
            let intake = IntakeId(terms.intakes.read(from)?);
            FactKind::Converted { intake, complainant: text_if(flags, from, with)? }
        }
        code::MERGED => FactKind::Merged { case: text(from, with)? },
        code::SPLIT_OFF => FactKind::SplitOff { case: text(from, with)? },
        code::LINKED => FactKind::Linked { case: text(from, with)? },
        code::WITHDRAWN => FactKind::Withdrawn { sequence: from.small()? },
        code::CORRECTED => {
            let flags = from.flags(1)?;
            let (since, facts) = (from.since(at)?, from.small()?);
            let told = if flags == 0 { None } else { Some(read_party(from, with.all)?) };
            FactKind::Corrected { from: since, facts, told }
        }
        code::INSERTED_BEFORE => {
            FactKind::InsertedBefore { fact: from.small()?, before: from.small()? }
        }
        code::CALENDARS_AMENDED => {
            let name = from.text()?;
            let found = with.all.amendments.iter().position(|it| it == name);
            let none = || damaged(format!("the calendars were never amended by `{name}`"));
            FactKind::CalendarsAmended { amendment: AmendmentId::at(found.ok_or_else(none)?) }
        }
        code::TIMER_MOVED => FactKind::TimerMoved {
            place: from.small()?,
            before: from.since(at)?,
            due: from.since(at)?,
        },
        code::SET_ASIDE => FactKind::SetAside { event: text(from, with)? },
        code::PROMISED | code::KEPT | code::BROKEN => {
            return of_guarantee(from, code, (at, rule), with);
        }
        code::ENTRY_ADDED | code::ENTRY_FIELD_SET | code::ENTRY_DONE => {
            return of_entries(from, code, with);
        }
        _ => return of_clock(from, code, at, with),
    })
}

fn of_guarantee(
    from: &mut In<'_>,
    code: u8,
    (at, rule): (Instant, RuleId),
    with: &Reading<'_, '_>,
) -> Result<FactKind, Failure> {
    let found = with.all.guarantees.iter().position(|it| *it == rule);
    let none = || damaged("a fact about a guarantee is of another entry");
    let guarantee = GuaranteeId::at(found.ok_or_else(none)?);
    Ok(match code {
        code::PROMISED => {
            let options = from.flags(code::DUE | code::DATE_ONLY | code::RECEIPT)?;
            let start = start(options, from, at)?;
            let due = if options & code::DUE == 0 { None } else { Some(from.since(at)?) };
            FactKind::Promised { guarantee, start, due }
        }
        code::KEPT => FactKind::Kept { guarantee },
        _ => FactKind::Broken { guarantee },
    })
}

fn of_entries(
    from: &mut In<'_>,
    code: u8,
    with: &mut Reading<'_, '_>,
) -> Result<FactKind, Failure> {
    let terms = with.terms;
    let record = RecordId(terms.records.read(from)?);
    let (number, id) = (from.small()?, text(from, with)?);
    let none = || damaged("no record");
    let (fields, choices) = terms.entries.get(record.index()).ok_or_else(none)?;
    Ok(match code {
        code::ENTRY_ADDED => {
            let width: u16 = from.small()?;
            if usize::from(width) != choices.len() {
                return Err(damaged("an entry has another number of fields than its record"));
            }
            FactKind::EntryAdded { record, number, id, width }
        }
        code::ENTRY_FIELD_SET => {
            let field: u16 = fields.read(from)?;
            let choices = choices.get(usize::from(field)).ok_or_else(none)?;
            let value = value::read_value(from, choices, with.strings)?;
            FactKind::EntryFieldSet { record, number, id, field, value }
        }
        _ => FactKind::EntryDone { record, number, id },
    })
}

fn of_clock(
    from: &mut In<'_>,
    code: u8,
    at: Instant,
    with: &Reading<'_, '_>,
) -> Result<FactKind, Failure> {
    let of_times = code::DUE | code::ALARM;
    let of_start = code::DATE_ONLY | code::RECEIPT;
    if code != code::MOVED && !(code::STARTED..=code::REPLACED).contains(&code) {
        return Err(damaged(format!("facts of kind {code} are not known")));
    }
    let deadline = DeadlineId(with.terms.deadlines.read(from)?);
    match code {
        code::MET_EARLY => return Ok(FactKind::MetEarly { deadline }),
        code::FORGOTTEN => return Ok(FactKind::Forgotten { deadline }),
        code::WAITING => {
            let start = start(from.flags(of_start)?, from, at)?;
            return Ok(FactKind::Waiting { deadline, start });
        }
        _ => {}
    }
    let clock = ClockId { deadline, occurrence: from.small()? };
    Ok(match code {
        code::STARTED => {
            let options = from.flags(of_times | of_start | code::DATE)?;
            let start = start(options, from, at)?;
            let period = from.small()?;
            let (alternative, agreed) = counted(options, from, deadline, with)?;
            let times = times(options, from, at)?;
            FactKind::Started { clock, start, period, alternative, agreed, times }
        }
        code::WARNED => {
            let options = from.flags(of_times)?;
            let warning = from.small()?;
            FactKind::Warned { clock, warning, times: times(options, from, at)? }
        }
        code::MET => FactKind::Met { clock, late: from.flags(1)? != 0 },
        code::BREACHED => FactKind::Breached { clock },
        code::LAPSED => FactKind::Lapsed { clock },
        code::REPLACED => FactKind::Replaced { clock },
        code::PAUSED => {
            let options = from.flags(of_times)?;
            let stage = StageId(with.terms.stages.read(from)?);
            FactKind::Paused { clock, stage, times: times(options, from, at)? }
        }
        code::RESUMED => {
            let options = from.flags(of_times)?;
            FactKind::Resumed { clock, times: times(options, from, at)? }
        }
        code::EXTENDED => {
            let options = from.flags(of_times | code::DATE)?;
            let extension = from.small()?;
            let until = date_if(options, from)?;
            FactKind::Extended { clock, extension, until, times: times(options, from, at)? }
        }
        code::RECOUNTED => {
            let options = from.flags(of_times | code::DATE)?;
            let (alternative, agreed) = counted(options, from, deadline, with)?;
            let times = times(options, from, at)?;
            FactKind::Recounted { clock, alternative, agreed, times }
        }
        code::MOVED => {
            let options = from.flags(of_times | code::BEFORE)?;
            let before = if options & code::BEFORE == 0 { None } else { Some(from.since(at)?) };
            FactKind::Moved { clock, before, times: times(options, from, at)? }
        }
        _ => FactKind::Cancelled { clock, why: why(from.byte()?)? },
    })
}

fn why(code: u8) -> Result<Cancelled, Failure> {
    Ok(match code {
        0 => Cancelled::Point,
        1 => Cancelled::When,
        2 => Cancelled::Closed,
        3 => Cancelled::Merged,
        _ => return Err(damaged("why a clock is no longer owed is not known")),
    })
}

fn start(options: u8, from: &mut In<'_>, at: Instant) -> Result<Start, Failure> {
    let at = from.since(at)?;
    let date_only = options & code::DATE_ONLY != 0;
    Ok(Start { at, date_only, receipt: options & code::RECEIPT != 0 })
}

fn times(options: u8, from: &mut In<'_>, at: Instant) -> Result<Times, Failure> {
    let mut instant = |bit| if options & bit == 0 { Ok(None) } else { from.since(at).map(Some) };
    Ok(Times { due: instant(code::DUE)?, alarm: instant(code::ALARM)? })
}

fn date_if(options: u8, from: &mut In<'_>) -> Result<Option<NaiveDate>, Failure> {
    if options & code::DATE == 0 { Ok(None) } else { value::read_date(from).map(Some) }
}

fn counted(
    options: u8,
    from: &mut In<'_>,
    deadline: DeadlineId,
    with: &Reading<'_, '_>,
) -> Result<(u16, Option<NaiveDate>), Failure> {
    let alternative = from.small()?;
    with.terms.same_term(deadline.index(), alternative)?;
    Ok((alternative, date_if(options, from)?))
}

fn text(from: &mut In<'_>, with: &mut Reading<'_, '_>) -> Result<Symbol, Failure> {
    Ok(with.strings.intern(from.text()?))
}

fn text_if(
    flag: u8,
    from: &mut In<'_>,
    with: &mut Reading<'_, '_>,
) -> Result<Option<Symbol>, Failure> {
    if flag == 0 { Ok(None) } else { text(from, with).map(Some) }
}
