//! The ordinary step of a case: a fact is already true, so nothing can go wrong.

use crate::model::{AmendmentId, DeadlineId, GuaranteeId, RungId};
use crate::runtime::{
    Act, Case, Clock, ClockId, ClockState, Entry, Fact, FactKind, Mark, MarkKind, Pending,
    PromiseState, Promised, Timer, Times,
};
use crate::script::Value;
use crate::time::{Instant, Start};
use rust_decimal::Decimal;

/// Makes the case what it is after one more fact. Total: a fact about something the case does
/// not have changes nothing but the count.
#[inline]
pub fn apply(case: &mut Case, fact: &Fact) {
    case.sequence = case.sequence.max(fact.sequence);
    case.last_at = case.last_at.max(fact.at);
    let is_act = !matches!(fact.kind, FactKind::CalendarsAmended { .. });
    if fact.cause.is_none() && is_act {
        case.acted_at = case.acted_at.max(fact.at);
    }
    match fact.kind {
        FactKind::Opened { channel, complainant, respondent } => {
            case.opened_at = Some(fact.at);
            case.channel = channel;
            case.complainant = complainant;
            case.respondent = respondent;
        }
        FactKind::Reported { event, by, person, kept } => {
            case.reported_at = case.reported_at.max(fact.at);
            if kept {
                case.acts.push(Act { event, rung: case.rung, by, person });
            }
        }
        FactKind::FieldSet { field, value } => {
            if let Some(slot) = case.fields.get_mut(field.index()) {
                *slot = value;
            }
        }
        FactKind::EntryAdded { .. }
        | FactKind::EntryFieldSet { .. }
        | FactKind::EntryDone { .. } => apply_to_entry(case, fact),
        FactKind::HistorySeen { question, value } => seen(case, question, value),
        FactKind::SeverityChanged { level } => case.severity = Some(level),
        FactKind::Placed { rung } => case.rung = rung,
        FactKind::Escalated { rung } => raise(case, rung),
        FactKind::StageEntered { stage } => {
            case.stage = stage;
            case.timers.clear();
        }
        FactKind::Reopened => case.closed = false,
        FactKind::Closed => case.closed = true,
        FactKind::TimerSet { .. } | FactKind::TimerMoved { .. } | FactKind::TimerRan { .. } => {
            apply_to_timer(case, fact);
        }
        FactKind::CalendarsAmended { amendment } => amend(case, amendment),
        FactKind::LetterDue { letter } => {
            if let Err(place) = case.sent.binary_search(&letter) {
                case.sent.insert(place, letter);
            }
        }
        FactKind::TakenIn { intake, date_only } => {
            case.intake = intake;
            case.received_on_a_date = date_only;
        }
        FactKind::Converted { intake, complainant } => {
            case.intake = intake;
            case.complainant = complainant.or(case.complainant);
        }
        FactKind::Merged { .. } => {
            case.merged = true;
            case.timers.clear();
        }
        FactKind::EscalationExhausted
        | FactKind::Told { .. }
        | FactKind::SplitOff { .. }
        | FactKind::Linked { .. }
        | FactKind::LetterFailed { .. }
        | FactKind::ActRefused { .. }
        | FactKind::Withdrawn { .. }
        | FactKind::Corrected { .. }
        | FactKind::InsertedBefore { .. }
        | FactKind::SetAside { .. } => {}
        _ => apply_to_clock(case, fact),
    }
}

fn apply_to_timer(case: &mut Case, fact: &Fact) {
    match fact.kind {
        FactKind::TimerSet { place, due } => {
            let receipt = fact.cause.is_some();
            case.timers.push(Timer { place, due, from: fact.at, receipt, rule: fact.rule });
        }
        FactKind::TimerMoved { place, due, .. } => {
            let moved = case.timers.iter_mut().filter(|timer| timer.place == place);
            moved.for_each(|timer| timer.due = due);
        }
        FactKind::TimerRan { place } => case.timers.retain(|timer| timer.place != place),
        _ => {}
    }
}

fn apply_to_promise(case: &mut Case, fact: &Fact) {
    match fact.kind {
        FactKind::Promised { guarantee, start, due } => {
            let before = case.promise(guarantee).filter(|it| it.state == PromiseState::Open);
            let counted = before.filter(|_| due.is_none()).map_or(0, |it| it.count);
            let count = counted.saturating_add(1);
            put(case, Promised { guarantee, state: PromiseState::Open, start, due, count });
        }
        FactKind::Kept { guarantee } => stand(case, guarantee, PromiseState::Kept, fact.at),
        FactKind::Broken { guarantee } => stand(case, guarantee, PromiseState::Broken, fact.at),
        _ => {}
    }
}

fn stand(case: &mut Case, guarantee: GuaranteeId, state: PromiseState, at: Instant) {
    let start = Start { at, date_only: false, receipt: false };
    let fresh = Promised { guarantee, state, start, due: None, count: 0 };
    let promised = case.promise(guarantee).copied().unwrap_or(fresh);
    put(case, Promised { state, ..promised });
}

fn put(case: &mut Case, promised: Promised) {
    match case.promises.binary_search_by_key(&promised.guarantee, |it| it.guarantee) {
        Ok(place) => case.promises[place] = promised,
        Err(place) => case.promises.insert(place, promised),
    }
}

/// What is owed still counts by the calendars as they are now, unless the case is closed.
fn amend(case: &mut Case, amendment: AmendmentId) {
    case.amended = amendment.0.saturating_add(1);
    if case.closed {
        return;
    }
    for clock in case.clocks.iter_mut().filter(|clock| clock.is_open()) {
        clock.amended = case.amended;
    }
}

const fn raise(case: &mut Case, rung: RungId) {
    case.rung = rung;
    case.escalated = true;
}

fn apply_to_entry(case: &mut Case, fact: &Fact) {
    match (fact.kind, &mut case.entries) {
        (FactKind::EntryAdded { record, number, id, width }, entries) => {
            let entry = Entry { number, id, at: fact.at, done_at: None };
            entries.get_or_insert_default().add(record, entry, width);
        }
        (FactKind::EntryFieldSet { record, number, field, value, .. }, Some(entries)) => {
            entries.set(record, number, field, value);
        }
        (FactKind::EntryDone { record, number, .. }, Some(entries)) => {
            entries.done(record, number, fact.at);
        }
        _ => {}
    }
}

fn seen(case: &mut Case, question: u16, value: Value) {
    let place = usize::from(question);
    while case.history.len() <= place {
        case.history.push(Value::Number(Decimal::ZERO));
    }
    if let Some(slot) = case.history.get_mut(place) {
        *slot = value;
    }
}

fn apply_to_clock(case: &mut Case, fact: &Fact) {
    match fact.kind {
        FactKind::MetEarly { deadline } => case.pending.push(Pending::Met(deadline)),
        FactKind::Forgotten { deadline } => forget(case, deadline),
        FactKind::Waiting { deadline, start } => {
            forget(case, deadline);
            case.pending.push(Pending::Start(deadline, start));
        }
        FactKind::Started { clock, start, period, alternative, agreed, times } => {
            forget(case, clock.deadline);
            let begun = Clock::begun(clock, start, alternative, times);
            let amended = case.amended;
            case.clocks.push(Clock { period, agreed, amended, ..begun });
        }
        FactKind::Warned { clock, warning, times } => with(case, clock, |it| {
            *it = Clock { times, ..it.having_warned(warning) };
        }),
        FactKind::Met { clock, late } => {
            let state = if late { ClockState::MetLate } else { ClockState::Met };
            end(case, clock, state, fact.at);
        }
        FactKind::Breached { clock } => with(case, clock, |it| {
            it.breached = true;
            it.times.alarm = None;
        }),
        FactKind::Lapsed { clock } => end(case, clock, ClockState::Lapsed, fact.at),
        FactKind::Cancelled { clock, .. } => end(case, clock, ClockState::Cancelled, fact.at),
        FactKind::Replaced { clock } => end(case, clock, ClockState::Replaced, fact.at),
        FactKind::Paused { clock, stage, times } => {
            mark(case, clock, fact.at, MarkKind::Paused(stage), times);
            with(case, clock, |it| it.state = ClockState::Paused(stage));
        }
        FactKind::Resumed { clock, times } => {
            mark(case, clock, fact.at, MarkKind::Resumed, times);
            with(case, clock, |it| it.state = ClockState::Running);
        }
        FactKind::Extended { clock, extension, until, times } => {
            mark(case, clock, fact.at, MarkKind::Extended(extension, until), times);
        }
        FactKind::Moved { clock, times, .. } => move_clock(case, clock, times, fact.at),
        FactKind::Recounted { clock, alternative, agreed, times } => {
            mark(case, clock, fact.at, MarkKind::Recounted(alternative), times);
            with(case, clock, |it| {
                it.alternative = alternative;
                it.agreed = agreed;
            });
        }
        _ => apply_to_promise(case, fact),
    }
}

/// A clock acts at other times from an instant on. One that the change would have put into the past
/// is due at the change, as after any other one.
fn move_clock(case: &mut Case, id: ClockId, times: Times, at: Instant) {
    let Some(clock) = case.clock(id).copied() else { return };
    if times.due == Some(at) {
        let kind = MarkKind::Recounted(clock.alternative);
        case.marks.push(Mark { clock: id, at, kind });
    }
    with(case, id, |clock| {
        clock.times = times;
        clock.breached = clock.breached && times.due.is_none_or(|due| due < at);
    });
}

fn forget(case: &mut Case, deadline: DeadlineId) {
    case.pending.retain(|it| !matches!(it, Pending::Start(id, _) if *id == deadline));
}

fn with(case: &mut Case, id: ClockId, change: impl FnOnce(&mut Clock)) {
    if let Some(clock) = case.clocks.iter_mut().rev().find(|clock| clock.id == id) {
        change(clock);
    }
}

fn mark(case: &mut Case, id: ClockId, at: Instant, kind: MarkKind, times: Times) {
    case.marks.push(Mark { clock: id, at, kind });
    with(case, id, |clock| clock.times = times);
}

fn end(case: &mut Case, id: ClockId, state: ClockState, at: Instant) {
    with(case, id, |clock| {
        clock.state = state;
        clock.ended_at = Some(at);
        clock.times = Times { due: clock.times.due, alarm: None };
    });
}
