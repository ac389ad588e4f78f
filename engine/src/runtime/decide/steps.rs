//! The steps of one event, in the order that every case is decided by.

use crate::machine::Machine;
use crate::model::{BuiltIn, EventId, RuleId};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::case::due;
use crate::runtime::decide::amend;
use crate::runtime::decide::built_in;
use crate::runtime::decide::built_in::is_taken_unnamed;
use crate::runtime::decide::carry_out;
use crate::runtime::decide::choose;
use crate::runtime::decide::clock::extend;
use crate::runtime::decide::clock::react;
use crate::runtime::decide::data;
use crate::runtime::decide::entry;
use crate::runtime::decide::passing;
use crate::runtime::decide::watch;
use crate::runtime::decide::who;
use crate::runtime::decide::work::{Work, untimely};
use crate::runtime::stops;
use crate::runtime::{Backdated, Case, Event, FactKind, NoDecision, RefusalKind};
use crate::time::{self, Instant};

/// Decides one event.
pub(crate) fn event<'a, R: Reasons>(
    work: &mut Work<'a, R>,
    event: &'a Event,
) -> Result<(), NoDecision> {
    work.event = Some(event);
    let rule = work.machine.protocol.events[event.kind.index()].rule;
    let opens = event.kind == EventId::OPENED;
    if opens == work.case.opened_at.is_some() {
        return Err(work.refuse(RefusalKind::Opening, rule));
    }
    if event.revision.is_some() {
        // What it changes lies in the record, which a decision on one case does not have.
        return Err(work.refuse(RefusalKind::Backdate(Backdated::Overtaken), rule));
    }
    let at = instant(work, event, rule)?;
    work.event = None;
    let mut due = due::earliest(work.case);
    if due.is_some_and(|due| due < at) {
        passing::until(work, at)?;
        due = due::earliest(work.case);
    }
    work.event = Some(event);
    work.at = at;
    // Whoever looked in between has recorded what time did by then; whether anybody looked must
    // make no difference.
    if due.is_some_and(|due| due < event.recorded_at) {
        return Err(work.refuse(RefusalKind::Backdate(Backdated::Overtaken), rule));
    }
    who::may(work, event)?;
    data::complete(work, event)?;
    if opens && !is_effective(work, at) {
        return Err(work.refuse(RefusalKind::NotEffective, rule));
    }
    if opens && !work.machine.protocol.intake.is_empty() {
        built_in::complete(work, event)?;
    }
    if opens {
        open(work, event, rule)?;
    } else {
        go_on(work, event)?;
    }
    watch::settle(work)
}

/// The instant at which the event counts, or why it cannot.
fn instant<R>(work: &Work<'_, R>, event: &Event, rule: RuleId) -> Result<Instant, NoDecision> {
    if event.at > event.recorded_at {
        return Err(work.refuse(RefusalKind::Future, rule));
    }
    let protocol = &work.machine.protocol;
    let zone = &protocol.zone;
    // A date alone is within that day: after whatever was reported of the day already.
    let reported = work.case.reported_at;
    let same_day = event.date_only
        && work.case.opened_at.is_some()
        && zone.civil(reported).date() == zone.civil(event.at).date();
    let at = if same_day { event.at.max(reported) } else { event.at };
    // What time did sorts after every event of its instant, so an event of that instant is late.
    if at < work.case.reported_at || at <= work.case.acted_at {
        return Err(work.refuse(RefusalKind::Backdate(Backdated::Overtaken), rule));
    }
    if is_too_long_ago(work.machine, at, event.recorded_at, rule)? {
        return Err(work.refuse(RefusalKind::Backdate(Backdated::TooLong), rule));
    }
    Ok(at)
}

/// Whether something happened longer before it was recorded than `time.backdate` allows: by whole
/// days where the limit is in days.
pub(crate) fn is_too_long_ago(
    machine: &Machine,
    at: Instant,
    recorded_at: Instant,
    rule: RuleId,
) -> Result<bool, NoDecision> {
    let protocol = &machine.protocol;
    let (Some(limit), Some(calendar)) = (protocol.backdate, protocol.calendars.first()) else {
        return Ok(false);
    };
    if at >= recorded_at {
        return Ok(false);
    }
    let earliest = time::before(calendar, protocol.counts, recorded_at, limit);
    let earliest = earliest.map_err(|error| untimely(rule, error))?;
    if limit.unit.is_counted_in_days() || limit.unit.is_civil() {
        let zone = &protocol.zone;
        return Ok(zone.civil(at).date() < zone.civil(earliest).date());
    }
    Ok(at < earliest)
}

/// Whether the protocol holds for a complaint received at this instant; both ends inclusive.
fn is_effective<R>(work: &Work<'_, R>, at: Instant) -> bool {
    let protocol = &work.machine.protocol;
    let on = protocol.zone.civil(at).date();
    protocol.effective_from.is_none_or(|from| on >= from)
        && protocol.effective_to.is_none_or(|to| on <= to)
}

fn open<R: Reasons>(work: &mut Work<'_, R>, event: &Event, rule: RuleId) -> Result<(), NoDecision> {
    let (channel, complainant, respondent) = (event.channel, event.complainant, event.respondent);
    work.record(rule, FactKind::Opened { channel, complainant, respondent });
    amend::as_known(work, rule);
    built_in::take_in(work, event);
    data::take_history(work, event);
    data::take(work, event);
    carry_out::grade(work)?;
    carry_out::place(work)?;
    let intake = work.machine.protocol.intake.get(work.case.intake.index());
    let start = intake.map_or(work.machine.protocol.start, |it| it.start);
    let stage_rule = work.machine.protocol.stages[start.index()].rule;
    carry_out::enter(work, start, stage_rule)?;
    react::work_off(work, start)
}

fn go_on<'a, R: Reasons>(work: &mut Work<'a, R>, event: &'a Event) -> Result<(), NoDecision> {
    let declared = &work.machine.protocol.events[event.kind.index()];
    if work.case.merged && !is_taken_unnamed(work.machine, work.case, event.kind) {
        return Err(work.refuse(RefusalKind::Merged, declared.rule));
    }
    data::take_history(work, event);
    data::take(work, event);
    if declared.built_in == Some(BuiltIn::Corrected) {
        return Ok(());
    }
    if !event.stops.is_empty() {
        stops::by_stop(work, event)?;
    }
    extend::may(work, event)?;
    let chosen = choose::branch(work, event.kind)?;
    choose::requirements(work, event.kind, chosen)?;
    if let Some(built_in) = declared.built_in {
        built_in::begin(work, built_in, event)?;
    }
    match chosen {
        Some(chosen) => carry_out::operations(work, &chosen.operations, chosen.rule)?,
        None => carry_out::operations(work, &[], declared.rule)?,
    }
    if let Some(built_in) = declared.built_in {
        built_in::end(work, built_in, event);
    }
    Ok(())
}

/// The events that a case would take now from somebody, in file order: those its stage names and
/// those that may lengthen an open clock. Whether the conditions of an event hold is not looked
/// at.
#[must_use]
pub fn allowed(machine: &Machine, case: &Case) -> Vec<EventId> {
    let all = (0..machine.protocol.events.len()).map(EventId::at);
    all.filter(|id| is_taken(machine, case, *id)).collect()
}

/// Whether a case would take an event now from somebody, whatever it brings; its conditions aside.
pub(crate) fn is_taken(machine: &Machine, case: &Case, id: EventId) -> bool {
    if case.opened_at.is_none() {
        return id == EventId::OPENED;
    }
    let of = machine.protocol.events.get(id.index()).and_then(|it| it.of);
    if of.is_some_and(|of| !entry::is_left(case, of)) {
        return false;
    }
    if is_taken_unnamed(machine, case, id) {
        return true;
    }
    if case.merged {
        return false;
    }
    !machine.moves(case.stage, id).is_empty()
        || machine.extensions(id).iter().any(|(deadline, _)| case.open(*deadline).is_some())
}
