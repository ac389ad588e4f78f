//! One event, and time alone.

use engine::model::{Branch, EventId, Point, Protocol, RoleId, RungId};
use engine::runtime::Event;
use engine::script::Value;
use engine::text::Strings;
use engine::time::{Instant, before};

use crate::reference::case::{Deed, RefCase};
use crate::reference::work::{FAULT, No, Work};

/// What a step needs from outside the case.
#[derive(Clone, Copy)]
pub(crate) struct RefStep<'a> {
    pub(crate) protocol: &'a Protocol,
    pub(crate) strings: &'a Strings,
    pub(crate) absent: &'a [RoleId],
}

/// Decides one event: what happened, in plain words, or the name of the refusal, which leaves the
/// case alone.
pub(crate) fn step(
    case: &mut RefCase,
    outside: &RefStep<'_>,
    event: &Event,
) -> Result<Vec<String>, String> {
    let mut work = Work::new(outside, case.clone());
    decide(&mut work, event)?;
    *case = work.case;
    Ok(work.said)
}

/// Lets time act on everything that is due before an instant.
pub(crate) fn pass(
    case: &mut RefCase,
    outside: &RefStep<'_>,
    until: Instant,
) -> Result<Vec<String>, String> {
    let mut work = Work::new(outside, case.clone());
    work.pass_until(until)?;
    *case = work.case;
    Ok(work.said)
}

fn decide<'a>(work: &mut Work<'a>, event: &'a Event) -> Result<(), No> {
    let opens = event.kind == EventId::OPENED;
    if opens != work.case.opened_at.is_none() {
        return Err("stage".to_owned());
    }
    let at = work.placed_in_time(event)?;
    work.pass_until(at)?;
    // Whoever looked before the event was recorded has seen what time did by then.
    if work.acts_before(event.recorded_at)? {
        return Err("backdate".to_owned());
    }
    work.event = Some(event);
    work.next(at);
    work.who_may(event)?;
    work.complete(event)?;
    if opens && !work.is_effective(at) {
        return Err("effective".to_owned());
    }
    if work.case.merged && !work.is_unnamed(event) {
        return Err("merged".to_owned());
    }
    for (field, value) in &event.data {
        work.put(*field, *value);
    }
    if let Some(of) = work.protocol.events[event.kind.index()].of {
        work.keep_entry(event, of);
    }
    if opens {
        return work.open(event);
    }
    work.know(event);
    work.not_stopped(event)?;
    let extensions = work.may_extend(event)?;
    let branch = work.choose(event, !extensions.is_empty())?;
    if let Some(branch) = branch {
        work.not_on_the_last_rung(branch)?;
    }
    work.required(event, branch)?;
    work.report(event);
    work.points.push((Point::Event(event.kind), None));
    work.begin_built_in(event)?;
    work.carry_out(branch, &extensions)?;
    work.end_built_in(event);
    Ok(())
}

impl<'a> Work<'a> {
    /// Whether the protocol holds for complaints received on that day.
    fn is_effective(&self, at: Instant) -> bool {
        let day = self.protocol.zone.civil(at).date();
        self.protocol.effective_from.is_none_or(|from| from <= day)
            && self.protocol.effective_to.is_none_or(|to| day <= to)
    }

    /// When the event counts as having happened: an event of which only the date is known lies
    /// within that day, after what else was reported of it. What time did sorts after every event
    /// of its instant.
    fn placed_in_time(&self, event: &Event) -> Result<Instant, No> {
        if event.at > event.recorded_at {
            return Err("future".to_owned());
        }
        let zone = &self.protocol.zone;
        let day = |at: Instant| zone.civil(at).date();
        let at = match self.case.reported_at {
            Some(last) if event.date_only && day(last) == day(event.at) => event.at.max(last),
            _ => event.at,
        };
        let overtaken = self.case.reported_at.is_some_and(|last| at < last)
            || self.case.acted_at.is_some_and(|acted| at <= acted);
        if overtaken {
            return Err("backdate".to_owned());
        }
        if let Some(term) = self.protocol.backdate {
            let (calendar, rules) = (&self.protocol.calendars[0], self.protocol.counts);
            let earliest = before(calendar, rules, event.recorded_at, term);
            let earliest = earliest.map_err(|_| FAULT.to_owned())?;
            let too_long = match term.unit.is_counted_in_days() {
                true => zone.civil(at).date() < zone.civil(earliest).date(),
                false => at < earliest,
            };
            if too_long {
                return Err("backdate".to_owned());
            }
        }
        Ok(at)
    }

    /// The branch that the stage has for the event. Without one, the event may still lengthen a
    /// clock.
    fn choose(&self, event: &Event, extends: bool) -> Result<Option<&'a Branch>, No> {
        let (stage, _) = self.case.stage.ok_or_else(|| "stage".to_owned())?;
        let protocol = self.protocol;
        let stage = &protocol.stages[stage.index()];
        let Some(here) = stage.on.iter().find(|it| it.event == event.kind) else {
            return if extends || self.is_unnamed(event) {
                Ok(None)
            } else {
                Err("stage".to_owned())
            };
        };
        for branch in &here.branches {
            if self.holds_if_any(branch.when.as_ref())? {
                return Ok(Some(branch));
            }
        }
        Err("stage".to_owned())
    }

    /// A stop in force refuses what it names, unless it lets it through.
    fn not_stopped(&self, event: &Event) -> Result<(), No> {
        for stop in event.stops.iter().map(|it| &self.protocol.stops[it.index()]) {
            for row in stop.refuses.iter().filter(|it| it.events.contains(&event.kind)) {
                let passes = match &row.unless {
                    Some(unless) => self.holds(unless)?,
                    None => false,
                };
                if !passes {
                    return Err(stop.name.clone());
                }
            }
        }
        Ok(())
    }

    fn required(&self, event: &Event, branch: Option<&Branch>) -> Result<(), No> {
        let of_event = &self.protocol.events[event.kind.index()].requires;
        let of_branch = branch.map_or(&[][..], |it| &it.requires);
        let mut unmet = None;
        for id in of_event.iter().chain(of_branch) {
            let condition = &self.protocol.conditions[id.index()];
            if !self.holds(&condition.is)? && unmet.is_none() {
                unmet = Some(condition.name.clone());
            }
        }
        unmet.map_or(Ok(()), Err)
    }

    /// What the event knows of the person's other cases.
    fn know(&mut self, event: &Event) {
        for (question, value) in (0u16..).zip(&event.history) {
            let before = self.case.history.insert(question, *value);
            if before.unwrap_or(Value::Number(0.into())) != *value {
                let name = &self.protocol.history.questions[usize::from(question)].name;
                self.say(format!("{name} is {value:?}"));
            }
        }
    }

    /// Who did what is known from here on; and the fields get their values.
    fn report(&mut self, event: &Event) {
        let name = self.protocol.events[event.kind.index()].name.clone();
        let by = self.protocol.party_name(event.actor.party);
        let person = event.actor.person.map(|it| self.strings.get(it).to_owned());
        let person = person.map_or(String::new(), |it| format!(":{it}"));
        self.say(format!("reported {name} by {by}{person}"));
        self.case.acts.push(Deed {
            event: event.kind,
            rung: self.case.rung,
            party: event.actor.party,
            person: event.actor.person,
        });
        if event.kind == EventId::OPENED {
            self.defaults(event);
        }
        for (field, value) in &event.data {
            self.say_field(*field, *value);
        }
        for line in std::mem::take(&mut self.of_entry) {
            self.say(line);
        }
    }

    fn open(&mut self, event: &Event) -> Result<(), No> {
        self.case.opened_at = Some(self.at);
        self.case.rung = (!self.protocol.ladder.is_empty()).then_some(RungId(0));
        self.case.channel = event.channel;
        self.case.respondent = event.respondent;
        self.case.intake = event.intake.map_or(0, |it| it.0);
        if let Some(intake) = self.intake() {
            self.lacks_nothing(intake, event)?;
        }
        self.say("opened");
        self.take_in(event);
        self.know(event);
        self.report(event);
        if self.intake().is_none_or(|it| it.becomes.is_none()) {
            self.points.push((Point::Event(EventId::OPENED), None));
        }
        self.carry_out_opening()
    }
}
