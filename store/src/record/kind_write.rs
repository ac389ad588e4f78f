//! What a fact says, written. `kind_read` reads the same in the same order.

use crate::cases::Failure;
use crate::record::bytes::{Out, bit, damaged};
use crate::record::code;
use crate::record::dictionary::Words;
use crate::record::fact::{Writing, party};
use crate::record::value;
use engine::model::{DeadlineId, GuaranteeId, RecordId};
use engine::runtime::{Cancelled, ClockId, Fact, FactKind, Times};
use engine::text::Symbol;
use engine::time::{Instant, NaiveDate, Start};

/// The number of a kind.
pub(super) const fn code(kind: &FactKind) -> u8 {
    match kind {
        FactKind::Opened { .. } => code::OPENED,
        FactKind::Reported { .. } => code::REPORTED,
        FactKind::FieldSet { .. } => code::FIELD_SET,
        FactKind::EntryAdded { .. } => code::ENTRY_ADDED,
        FactKind::EntryFieldSet { .. } => code::ENTRY_FIELD_SET,
        FactKind::EntryDone { .. } => code::ENTRY_DONE,
        FactKind::HistorySeen { .. } => code::HISTORY_SEEN,
        FactKind::SeverityChanged { .. } => code::SEVERITY_CHANGED,
        FactKind::Placed { .. } => code::PLACED,
        FactKind::Escalated { .. } => code::ESCALATED,
        FactKind::EscalationExhausted => code::ESCALATION_EXHAUSTED,
        FactKind::StageEntered { .. } => code::STAGE_ENTERED,
        FactKind::Reopened => code::REOPENED,
        FactKind::Closed => code::CLOSED,
        FactKind::TimerSet { .. } => code::TIMER_SET,
        FactKind::TimerRan { .. } => code::TIMER_RAN,
        FactKind::LetterDue { .. } => code::LETTER_DUE,
        FactKind::Told { from: None, .. } => code::TOLD,
        FactKind::Told { from: Some(_), .. } => code::TOLD_LATER,
        FactKind::Started { .. } => code::STARTED,
        FactKind::MetEarly { .. } => code::MET_EARLY,
        FactKind::Waiting { .. } => code::WAITING,
        FactKind::Forgotten { .. } => code::FORGOTTEN,
        FactKind::Warned { .. } => code::WARNED,
        FactKind::Met { .. } => code::MET,
        FactKind::Breached { .. } => code::BREACHED,
        FactKind::Lapsed { .. } => code::LAPSED,
        FactKind::Paused { .. } => code::PAUSED,
        FactKind::Resumed { .. } => code::RESUMED,
        FactKind::Extended { .. } => code::EXTENDED,
        FactKind::Recounted { .. } => code::RECOUNTED,
        FactKind::Cancelled { .. } => code::CANCELLED,
        FactKind::Replaced { .. } => code::REPLACED,
        FactKind::ActRefused { .. } => code::ACT_REFUSED,
        FactKind::TakenIn { .. } => code::TAKEN_IN,
        FactKind::Converted { .. } => code::CONVERTED,
        FactKind::Merged { .. } => code::MERGED,
        FactKind::SplitOff { .. } => code::SPLIT_OFF,
        FactKind::Linked { .. } => code::LINKED,
        FactKind::LetterFailed { .. } => code::LETTER_FAILED,
        FactKind::Withdrawn { .. } => code::WITHDRAWN,
        FactKind::Corrected { .. } => code::CORRECTED,
        FactKind::InsertedBefore { .. } => code::INSERTED_BEFORE,
        FactKind::SetAside { .. } => code::SET_ASIDE,
        FactKind::CalendarsAmended { .. } => code::CALENDARS_AMENDED,
        FactKind::Moved { .. } => code::MOVED,
        FactKind::TimerMoved { .. } => code::TIMER_MOVED,
        FactKind::Promised { .. } => code::PROMISED,
        FactKind::Kept { .. } => code::KEPT,
        FactKind::Broken { .. } => code::BROKEN,
    }
}

/// Writes what a fact says, without its kind.
pub(super) fn kind<'a>(out: &mut Out<'a>, fact: &Fact, with: Writing<'a>) -> Result<(), Failure> {
    let terms = with.terms;
    match fact.kind {
        FactKind::Opened { channel, complainant, respondent } => {
            out.byte(
                bit(channel.is_some(), 1)
                    | bit(complainant.is_some(), 2)
                    | bit(respondent.is_some(), 4),
            );
            if let Some(channel) = channel {
                terms.channels.write(out, channel.0)?;
            }
            for person in [complainant, respondent].into_iter().flatten() {
                out.text(with.strings.get(person));
            }
            Ok(())
        }
        FactKind::Reported { event, by, person, kept } => {
            out.byte(bit(person.is_some(), 1) | bit(kept, 2));
            terms.events.write(out, event.0)?;
            party(out, by, with)?;
            person.iter().for_each(|person| out.text(with.strings.get(*person)));
            Ok(())
        }
        FactKind::FieldSet { field, value } => {
            terms.fields.write(out, field.0)?;
            let choices = terms.choices.get(field.index()).ok_or_else(|| unknown("field"))?;
            value::value(out, value, choices, with.strings)
        }
        FactKind::HistorySeen { question, value } => {
            terms.questions.write(out, question)?;
            value::value(out, value, &terms.questions, with.strings)
        }
        FactKind::SeverityChanged { level } => terms.levels.write(out, level.0),
        FactKind::Placed { rung } | FactKind::Escalated { rung } => terms.rungs.write(out, rung.0),
        FactKind::StageEntered { stage } => terms.stages.write(out, stage.0),
        FactKind::EscalationExhausted | FactKind::Reopened | FactKind::Closed => Ok(()),
        FactKind::LetterDue { letter } | FactKind::LetterFailed { letter } => {
            terms.letters.write(out, letter.0)
        }
        FactKind::Told { party: who, from } => {
            party(out, who, with)?;
            from.iter().for_each(|from| out.since(*from, fact.at));
            Ok(())
        }
        FactKind::TimerSet { place, due } => {
            out.number(place);
            out.since(due, fact.at);
            Ok(())
        }
        FactKind::TimerRan { place } => {
            out.number(place);
            Ok(())
        }
        _ => of_whole(out, fact, with),
    }
}

/// What a fact says of the case as a whole, and of the record.
fn of_whole<'a>(out: &mut Out<'a>, fact: &Fact, with: Writing<'a>) -> Result<(), Failure> {
    let terms = with.terms;
    match fact.kind {
        FactKind::ActRefused { event, stop, place } => {
            terms.events.write(out, event.0)?;
            terms.stops.write(out, stop.0)?;
            out.number(place);
        }
        FactKind::TakenIn { intake, date_only } => {
            out.byte(u8::from(date_only));
            terms.intakes.write(out, intake.0)?;
        }
        FactKind::Converted { intake, complainant } => {
            out.byte(u8::from(complainant.is_some()));
            terms.intakes.write(out, intake.0)?;
            complainant.iter().for_each(|person| out.text(with.strings.get(*person)));
        }
        FactKind::Merged { case } | FactKind::SplitOff { case } | FactKind::Linked { case } => {
            out.text(with.strings.get(case));
        }
        FactKind::Withdrawn { sequence } => out.number(sequence),
        FactKind::Corrected { from, facts, told } => {
            out.byte(u8::from(told.is_some()));
            out.since(from, fact.at);
            out.number(facts);
            if let Some(told) = told {
                party(out, told, with)?;
            }
        }
        FactKind::InsertedBefore { fact, before } => {
            out.number(fact);
            out.number(before);
        }
        FactKind::SetAside { event } => out.text(with.strings.get(event)),
        FactKind::CalendarsAmended { amendment } => {
            let name = with.all.amendments.get(amendment.index());
            out.text(name.ok_or_else(|| unknown("amendment"))?);
        }
        FactKind::TimerMoved { place, before, due } => {
            out.number(place);
            out.since(before, fact.at);
            out.since(due, fact.at);
        }
        _ => return of_guarantee(out, fact, with),
    }
    Ok(())
}

/// What a fact says of a guarantee.
fn of_guarantee<'a>(out: &mut Out<'a>, fact: &Fact, with: Writing<'a>) -> Result<(), Failure> {
    let is_own = |guarantee: GuaranteeId| match with.all.guarantees.get(guarantee.index()) {
        Some(rule) if *rule == fact.rule => Ok(()),
        _ => Err(unknown("guarantee")),
    };
    match fact.kind {
        FactKind::Promised { guarantee, start: from, due } => {
            is_own(guarantee)?;
            out.byte(of_start(from) | bit(due.is_some(), code::DUE));
            out.since(from.at, fact.at);
            due.iter().for_each(|due| out.since(*due, fact.at));
            Ok(())
        }
        FactKind::Kept { guarantee } | FactKind::Broken { guarantee } => is_own(guarantee),
        _ => of_entries(out, fact, with),
    }
}

/// What a fact says of an entry of a record.
fn of_entries<'a>(out: &mut Out<'a>, fact: &Fact, with: Writing<'a>) -> Result<(), Failure> {
    let entry = |out: &mut Out<'a>, (record, number, id): (RecordId, u16, Symbol)| {
        with.terms.records.write(out, record.0)?;
        out.number(number);
        out.text(with.strings.get(id));
        Ok(())
    };
    match fact.kind {
        FactKind::EntryAdded { record, number, id, width } => {
            entry(out, (record, number, id))?;
            out.number(width);
            Ok(())
        }
        FactKind::EntryDone { record, number, id } => entry(out, (record, number, id)),
        FactKind::EntryFieldSet { record, number, id, field, value } => {
            entry(out, (record, number, id))?;
            let (fields, choices) =
                with.terms.entries.get(record.index()).ok_or_else(|| unknown("record"))?;
            fields.write(out, field)?;
            let choices: Option<&Words> = choices.get(usize::from(field));
            value::value(out, value, choices.ok_or_else(|| unknown("field"))?, with.strings)
        }
        _ => of_clock(out, fact, with),
    }
}

fn of_clock<'a>(out: &mut Out<'a>, fact: &Fact, with: Writing<'a>) -> Result<(), Failure> {
    let names = &with.terms.deadlines;
    let clock = |out: &mut Out<'a>, id: ClockId| -> Result<(), Failure> {
        names.write(out, id.deadline.0)?;
        out.number(id.occurrence);
        Ok(())
    };
    match fact.kind {
        FactKind::Started { clock: id, start: from, period, alternative, agreed, times } => {
            clock(out, id)?;
            out.byte(options(times) | of_start(from) | of_date(agreed));
            out.since(from.at, fact.at);
            out.number(period);
            counted(out, id.deadline, alternative, agreed, with)?;
            derived(out, times, fact.at);
        }
        FactKind::Warned { clock: id, warning, times } => {
            clock(out, id)?;
            out.byte(options(times));
            out.number(warning);
            derived(out, times, fact.at);
        }
        FactKind::Met { clock: id, late } => {
            clock(out, id)?;
            out.byte(u8::from(late));
        }
        FactKind::Paused { clock: id, stage, times } => {
            clock(out, id)?;
            out.byte(options(times));
            with.terms.stages.write(out, stage.0)?;
            derived(out, times, fact.at);
        }
        FactKind::Resumed { clock: id, times } => {
            clock(out, id)?;
            out.byte(options(times));
            derived(out, times, fact.at);
        }
        FactKind::Extended { clock: id, extension, until, times } => {
            clock(out, id)?;
            out.byte(options(times) | of_date(until));
            out.number(extension);
            until.iter().for_each(|date| value::date(out, *date));
            derived(out, times, fact.at);
        }
        FactKind::Recounted { clock: id, alternative, agreed, times } => {
            clock(out, id)?;
            out.byte(options(times) | of_date(agreed));
            counted(out, id.deadline, alternative, agreed, with)?;
            derived(out, times, fact.at);
        }
        FactKind::Moved { clock: id, before, times } => {
            clock(out, id)?;
            out.byte(options(times) | bit(before.is_some(), code::BEFORE));
            before.iter().for_each(|before| out.since(*before, fact.at));
            derived(out, times, fact.at);
        }
        FactKind::Cancelled { clock: id, why } => {
            clock(out, id)?;
            out.byte(self::why(why));
        }
        FactKind::Breached { clock: id }
        | FactKind::Lapsed { clock: id }
        | FactKind::Replaced { clock: id } => clock(out, id)?,
        _ => of_no_clock(out, fact, with)?,
    }
    Ok(())
}

/// A duty whose clock has not begun.
fn of_no_clock<'a>(out: &mut Out<'a>, fact: &Fact, with: Writing<'a>) -> Result<(), Failure> {
    let names = &with.terms.deadlines;
    match fact.kind {
        FactKind::MetEarly { deadline } | FactKind::Forgotten { deadline } => {
            names.write(out, deadline.0)
        }
        FactKind::Waiting { deadline, start: from } => {
            names.write(out, deadline.0)?;
            out.byte(of_start(from));
            out.since(from.at, fact.at);
            Ok(())
        }
        _ => Err(damaged("a fact is of no kind that is known")),
    }
}

const fn why(why: Cancelled) -> u8 {
    match why {
        Cancelled::Point => 0,
        Cancelled::When => 1,
        Cancelled::Closed => 2,
        Cancelled::Merged => 3,
    }
}

fn options(times: Times) -> u8 {
    bit(times.due.is_some(), code::DUE) | bit(times.alarm.is_some(), code::ALARM)
}

fn of_start(start: Start) -> u8 {
    bit(start.date_only, code::DATE_ONLY) | bit(start.receipt, code::RECEIPT)
}

fn of_date(date: Option<NaiveDate>) -> u8 {
    bit(date.is_some(), code::DATE)
}

/// The term that applies, by its place; and the date where one was agreed instead.
fn counted(
    out: &mut Out<'_>,
    deadline: DeadlineId,
    alternative: u16,
    agreed: Option<NaiveDate>,
    with: Writing<'_>,
) -> Result<(), Failure> {
    with.terms.same_term(deadline.index(), alternative)?;
    out.number(alternative);
    agreed.iter().for_each(|date| value::date(out, *date));
    Ok(())
}

fn derived(out: &mut Out<'_>, times: Times, at: Instant) {
    for instant in [times.due, times.alarm].into_iter().flatten() {
        out.since(instant, at);
    }
}

fn unknown(what: &str) -> Failure {
    damaged(format!("a fact is about a {what} that this protocol does not have"))
}
