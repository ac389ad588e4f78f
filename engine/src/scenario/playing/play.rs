//! The case on the table: what was done with it, and what it is now.

use crate::machine::Machine;
use crate::model::{BuiltIn, EventId};
use crate::runtime::{Case, CaseKey, Event, Refusal, Register, ReportedAt};
use crate::scenario::playing::{Happening, Told, Unplayable};
use crate::scenario::playing::{next, written};
use crate::scenario::reading::{personal, slotted};
use crate::scenario::running::{self, Running, done};
use crate::scenario::words;
use crate::scenario::{Act, Expect, Failure, Movement, Outcome, Scenario, Step, StepOutcome};
use crate::text::{FileId, Span, Strings};
use crate::time::{Instant, Term};

/// The most steps of one play.
const STEPS_MAX: usize = 1_000;

/// The instants that a scenario can write: years 1 to 9998 in any zone.
const CLOCK_FROM: Instant = Instant::from_ms(-62_100_000_000_000);
const CLOCK_TO: Instant = Instant::from_ms(253_300_000_000_000);

/// A play was written nowhere.
const NOWHERE: Span = Span::whole(FileId(0));

/// A case that is played by hand. It runs as a scenario with the same steps runs, step by step,
/// and any number of steps can be taken back.
#[derive(Clone, Debug)]
pub struct Play<'m> {
    machine: &'m Machine,
    before: Running<'m>,
    frames: Vec<Frame<'m>>,
}

/// A step, what it came to, and the case after it.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'m> {
    pub(crate) step: Step,
    pub(crate) came: StepOutcome,
    pub(crate) after: Running<'m>,
}

impl<'m> Play<'m> {
    /// A case that is not open yet.
    #[must_use]
    pub fn new(machine: &'m Machine) -> Self {
        Self {
            machine,
            before: Running::new(machine, &[Scenario::FIRST_CASE.to_owned()]),
            frames: Vec::new(),
        }
    }

    pub(crate) fn running(&self) -> &Running<'m> {
        self.frames.last().map_or(&self.before, |frame| &frame.after)
    }

    /// The case as it is now.
    #[must_use]
    pub fn case(&self) -> &Case {
        self.running().case()
    }

    /// The case as a register of one.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.running().register
    }

    /// The strings that the case refers to.
    #[must_use]
    pub fn strings(&self) -> &Strings {
        &self.running().strings
    }

    /// The virtual clock; nothing before the case is open.
    #[must_use]
    pub fn now(&self) -> Option<Instant> {
        self.frames.last().map(|frame| frame.after.now)
    }

    /// When something would happen that is reported now: the virtual clock, or the next whole
    /// minute where the clock stands at an instant on which time has acted already.
    #[must_use]
    pub fn ready_at(&self) -> Option<Instant> {
        let running = self.running();
        let ready = self.now()?.max(running.reached);
        if !self.is_at_due() {
            return Some(ready);
        }
        let acted = running.case().acted_at.plus_ms(1).unwrap_or(ready);
        Some(next::whole_minute(ready.max(acted)))
    }

    /// Whether the clock stands where it waited for something to fall due: what happens next
    /// happens later, and the scenario says when.
    fn is_at_due(&self) -> bool {
        let moved = self.frames.iter().rev().map(|it| it.step.movement);
        let moved = moved.into_iter().find(|it| *it != Movement::Stay);
        matches!(moved, Some(Movement::Until(_)))
    }

    /// The last step and what it came to.
    #[must_use]
    pub fn last(&self) -> Option<(&Step, &StepOutcome)> {
        self.frames.last().map(|frame| (&frame.step, &frame.came))
    }

    /// The number of steps, the opening included.
    #[must_use]
    pub fn n_steps(&self) -> usize {
        self.frames.len()
    }

    /// Opens the case at an instant or on a date.
    ///
    /// # Errors
    /// It is open already, or what was told is no opening of this protocol.
    pub fn open(
        &mut self,
        at: ReportedAt,
        recorded: Option<Instant>,
        told: &Told,
    ) -> Result<&StepOutcome, Unplayable> {
        if !self.frames.is_empty() {
            return Err(Unplayable::new("the case is open already"));
        }
        let movement =
            recorded.map_or(Movement::At(at), |recorded| Movement::RecordedAt(at, recorded));
        self.take(movement, Some((EventId::OPENED, told)))
    }

    /// Lets a term pass, counted on the calendar of the protocol.
    ///
    /// # Errors
    /// The case is not open, or the term leads out of the calendar.
    pub fn wait(&mut self, term: Term) -> Result<&StepOutcome, Unplayable> {
        self.take(Movement::Wait(term), None)
    }

    /// Lets time pass until an instant, or until the first instant of a date.
    ///
    /// # Errors
    /// The case is not open, or that is in the past.
    pub fn go_to(&mut self, at: ReportedAt) -> Result<&StepOutcome, Unplayable> {
        self.take(Movement::At(at), None)
    }

    /// Lets time pass until it does something by itself.
    ///
    /// # Errors
    /// The case is not open, or time alone does nothing more.
    pub fn advance(&mut self) -> Result<&StepOutcome, Unplayable> {
        let movement = next::movement(self.machine, self.running())?;
        self.take(movement, None)
    }

    /// Reports an event. A refusal is an answer: it stands in the outcome and in the story.
    ///
    /// # Errors
    /// The case is not open, or what was told is no event of this protocol.
    pub fn report(
        &mut self,
        event: EventId,
        when: Happening,
        told: &Told,
    ) -> Result<&StepOutcome, Unplayable> {
        let movement = self.movement(when)?;
        self.take(movement, Some((event, told)))
    }

    /// The event that would be reported, and the case when it would be: what
    /// [`explain`](crate::runtime::explain) wants to know. Changes nothing.
    ///
    /// # Errors
    /// As [`report`](Self::report).
    pub fn asked(
        &self,
        event: EventId,
        when: Happening,
        told: &Told,
    ) -> Result<(Event, Strings), Unplayable> {
        self.check(event, told)?;
        let movement = self.movement(when)?;
        let step = self.step(movement, Some((event, told)));
        let mut case = self.running().clone();
        let at = running::move_clock(&mut case, &step).map_err(unplayable)?;
        let act = step.acts.first().ok_or_else(|| Unplayable::new("nothing was reported"))?;
        let event = running::event(&mut case, &step, act, at).map_err(unplayable)?;
        Ok((event, case.strings))
    }

    /// Takes the last step back. Nothing where there is none.
    pub fn undo(&mut self) -> Option<Step> {
        self.frames.pop().map(|frame| frame.step)
    }

    /// Everything so far, with what came of it, for [`timeline`](crate::scenario::timeline).
    #[must_use]
    pub fn story(&self, title: &str) -> (Scenario, Outcome) {
        let steps = self.frames.iter().map(|it| it.step.clone()).collect();
        let scenario = Scenario::of_one_case(title, steps);
        let running = self.running().clone();
        let came = self.frames.iter().map(|it| it.came.clone()).collect();
        (scenario, running.outcome(came))
    }

    /// The scenario that this play is: its steps, and what happened as what is expected.
    #[must_use]
    pub fn scenario(&self, title: &str) -> Scenario {
        written::scenario(self.machine, &self.frames, title)
    }

    fn check(&self, event: EventId, told: &Told) -> Result<(), Unplayable> {
        let declared = self.machine.protocol.events.get(event.index());
        let converts = declared.is_some_and(|it| it.built_in == Some(BuiltIn::Converted));
        let says_who = self.frames.is_empty() || (converts && told.respondent.is_none());
        if (told.respondent.is_some() || told.complainant.is_some()) && !says_who {
            let problem = "who complains and about whom is said when the case is opened";
            return Err(Unplayable::new(problem));
        }
        told.check()
    }

    fn movement(&self, when: Happening) -> Result<Movement, Unplayable> {
        let now = self.now().ok_or_else(not_open)?;
        let ready = self.ready_at().unwrap_or(now);
        let zone = &self.machine.protocol.zone;
        let is_past = |at| match at {
            ReportedAt::Instant(at) => at < ready,
            ReportedAt::Date(on) => on < zone.civil(ready).date(),
        };
        Ok(match when {
            Happening::Now if ready == now && !self.is_at_due() => Movement::Stay,
            Happening::Now => Movement::At(ReportedAt::Instant(ready)),
            Happening::At(at) if is_past(at) => Movement::RecordedAt(at, ready),
            Happening::At(at) => Movement::At(at),
            Happening::RecordedAt(at, recorded) => Movement::RecordedAt(at, recorded),
        })
    }

    fn step(&self, movement: Movement, told: Option<(EventId, &Told)>) -> Step {
        let number = u32::try_from(self.frames.len()).unwrap_or(u32::MAX);
        let id = if number == 0 { "opened".to_owned() } else { format!("step-{number}") };
        let what = told.map(|(event, _)| words::event(self.machine, event));
        let act = told.map(|(event, told)| Act {
            data: slotted(&self.machine.protocol, event, &told.data, &id),
            personal: personal(&self.machine.protocol, event, &told.data),
            entry: told.entry.clone(),
            by: told.by.clone(),
            entered_by: told.entered_by.clone(),
            channel: told.channel.clone(),
            reason: told.reason.clone(),
            complainant: told.complainant.clone(),
            respondent: told.respondent.clone(),
            case: told.case.clone(),
            letter: told.letter.clone(),
            intake: told.intake.clone(),
            ..Act::new(id, event)
        });
        Step {
            number,
            what: what.unwrap_or("time passes").to_owned(),
            span: NOWHERE,
            case: CaseKey::FIRST,
            away: None,
            movement,
            acts: act.into_iter().collect(),
            expect: Expect::default(),
        }
    }

    fn take(
        &mut self,
        movement: Movement,
        told: Option<(EventId, &Told)>,
    ) -> Result<&StepOutcome, Unplayable> {
        if let Some((event, told)) = told {
            self.check(event, told)?;
        }
        if self.frames.is_empty() && told.is_none_or(|(event, _)| event != EventId::OPENED) {
            return Err(not_open());
        }
        if self.frames.len() >= STEPS_MAX {
            let problem = format!("a case that is played has at most {STEPS_MAX} steps");
            return Err(Unplayable::new(problem));
        }
        self.within_the_clock(movement)?;
        let step = self.step(movement, told);
        let mut after = self.running().clone();
        let came = done(&mut after, &step).map_err(unplayable)?;
        if !(CLOCK_FROM..=CLOCK_TO).contains(&after.now) {
            return Err(too_far());
        }
        if after.case().opened_at.is_none() {
            let refusal = came.reported.iter().find_map(|it| it.refusal.as_ref());
            return Err(self.not_opened(refusal));
        }
        self.frames.push(Frame { step, came, after });
        self.frames.last().map(|it| &it.came).ok_or_else(not_open)
    }

    fn within_the_clock(&self, movement: Movement) -> Result<(), Unplayable> {
        let zone = &self.machine.protocol.zone;
        let instant = |at| match at {
            ReportedAt::Instant(at) => at,
            ReportedAt::Date(on) => zone.day_start(on),
        };
        let both = match movement {
            Movement::At(at) => [Some(instant(at)), None],
            Movement::RecordedAt(at, recorded) => [Some(instant(at)), Some(recorded)],
            _ => [None, None],
        };
        let is_inside = |at: &Instant| (CLOCK_FROM..=CLOCK_TO).contains(at);
        if both.iter().flatten().all(is_inside) { Ok(()) } else { Err(too_far()) }
    }

    fn not_opened(&self, refusal: Option<&Refusal>) -> Unplayable {
        let sentences = refusal.map(|it| it.sentences(self.machine).join("; "));
        let why = sentences.unwrap_or_default();
        let problem = format!("the case cannot be opened like this: {why}");
        Unplayable { is_refused: true, ..Unplayable::new(problem) }
    }
}

fn not_open() -> Unplayable {
    Unplayable::new("the case is not open yet").help("open it: `open by complainant`")
}

fn too_far() -> Unplayable {
    Unplayable::new("the clock cannot go there").help("it knows the years 1 to 9998")
}

/// What stopped a step, in one sentence.
fn unplayable(failure: Box<Failure>) -> Unplayable {
    let Failure { aspect, was, because, .. } = *failure;
    if aspect == "at" {
        let help = "what happened earlier is said with its event: `EVENT at 2026-03-30T16:20`";
        return Unplayable::new(format!("{was} is past, and the clock does not go back"))
            .help(help);
    }
    let problem = match aspect {
        // The place in a report, which nobody wrote here: "/by: …".
        "event" => was
            .split("; ")
            .map(|one| match one.split_once(": ") {
                Some((pointer, rest)) if pointer.starts_with('/') => rest,
                _ => one,
            })
            .collect::<Vec<_>>()
            .join("; "),
        _ => was,
    };
    Unplayable { problem, help: because, is_refused: false }
}
