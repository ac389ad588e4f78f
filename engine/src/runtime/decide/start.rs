//! The doors of the runtime: decide an event, or let time pass.

use crate::machine::Machine;
use crate::model::{DeadlineId, Point};
use crate::runtime::answer::reasons::{Asking, Deaf, Oracle, Reasons};
use crate::runtime::decide::clock::arm::Begins;
use crate::runtime::decide::clock::extend::Extending;
use crate::runtime::decide::clock::react::Queued;
use crate::runtime::decide::passing;
use crate::runtime::decide::steps;
use crate::runtime::decide::who;
use crate::runtime::decide::work::Work;
use crate::runtime::{Case, Context, Effect, Event, Fact, NoDecision};
use crate::time::{Instant, Start};

/// What follows from an event, or from time alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// What is true from now on, in order. What time did before the event comes first, each at
    /// its own instant.
    pub facts: Vec<Fact>,
    /// What is to be done once the facts are stored.
    pub effects: Vec<Effect>,
}

/// Memory for decisions, kept by whoever makes many of them.
#[derive(Clone, Debug)]
pub struct Scratch {
    pub(crate) case: Case,
    /// The facts of the last decision.
    pub facts: Vec<Fact>,
    /// The effects of the last decision.
    pub effects: Vec<Effect>,
    pub(crate) points: Vec<Point>,
    pub(crate) begun: Vec<DeadlineId>,
    queue: Vec<Queued>,
    again: Vec<(DeadlineId, Start, Begins)>,
    extending: Vec<Extending>,
}

impl Scratch {
    /// Memory for decisions about cases of this machine.
    #[must_use]
    pub fn new(machine: &Machine) -> Self {
        Self {
            case: Case::new(machine),
            facts: Vec::new(),
            effects: Vec::new(),
            points: Vec::new(),
            begun: Vec::new(),
            queue: Vec::new(),
            again: Vec::new(),
            extending: Vec::new(),
        }
    }

    /// The case as it is after the last decision.
    #[must_use]
    pub const fn case(&self) -> &Case {
        &self.case
    }

    pub(crate) fn work<'a, R: Reasons>(
        &'a mut self,
        machine: &'a Machine,
        case: &Case,
        context: &'a Context<'a>,
        reasons: &'a mut R,
    ) -> Work<'a, R> {
        self.case.become_like(case);
        self.facts.clear();
        self.effects.clear();
        let mut work = Work {
            machine,
            context,
            event: None,
            entry: None,
            at: case.last_at,
            case: &mut self.case,
            facts: &mut self.facts,
            effects: &mut self.effects,
            points: &mut self.points,
            begun: &mut self.begun,
            queue: &mut self.queue,
            again: &mut self.again,
            extending: &mut self.extending,
            reasons,
        };
        work.begin_decision();
        work
    }
}

/// Decides one event. All deadlines and timed transitions due before its instant act first.
///
/// # Errors
/// A refusal when the protocol does not allow the event now, a fault when a condition breaks.
/// Neither changes anything.
pub fn decide(
    machine: &Machine,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
) -> Result<Decision, NoDecision> {
    let mut scratch = Scratch::new(machine);
    decide_into(machine, case, event, context, &mut scratch)?;
    Ok(Decision { facts: scratch.facts, effects: scratch.effects })
}

/// Decides one event into memory that is used again: [`Scratch::facts`], [`Scratch::effects`].
///
/// # Errors
/// As [`decide`]; what the memory holds then means nothing.
pub fn decide_into(
    machine: &Machine,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
    scratch: &mut Scratch,
) -> Result<(), NoDecision> {
    let mut deaf = Deaf;
    let mut work = scratch.work(machine, case, context, &mut deaf);
    steps::event(&mut work, event)
}

/// Lets time act up to an instant, exclusive: whatever is due before it happens, earliest first,
/// each at its own instant.
///
/// # Errors
/// A fault; time is never refused anything.
pub fn wake(
    machine: &Machine,
    case: &Case,
    until: Instant,
    context: &Context<'_>,
) -> Result<Decision, NoDecision> {
    let mut scratch = Scratch::new(machine);
    wake_into(machine, case, until, context, &mut scratch)?;
    Ok(Decision { facts: scratch.facts, effects: scratch.effects })
}

/// Lets time act into memory that is used again.
///
/// # Errors
/// As [`wake`].
pub fn wake_into(
    machine: &Machine,
    case: &Case,
    until: Instant,
    context: &Context<'_>,
    scratch: &mut Scratch,
) -> Result<(), NoDecision> {
    let mut deaf = Deaf;
    let mut work = scratch.work(machine, case, context, &mut deaf);
    passing::until(&mut work, until)
}

/// The same decision with somebody listening.
pub(crate) fn explained<R: Reasons>(
    machine: &Machine,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
    reasons: &mut R,
) -> Result<Decision, NoDecision> {
    let mut scratch = Scratch::new(machine);
    let mut work = scratch.work(machine, case, context, reasons);
    steps::event(&mut work, event)?;
    Ok(Decision { facts: scratch.facts, effects: scratch.effects })
}

/// Whether somebody may report an event now, whatever it brings.
pub(crate) fn may(
    machine: &Machine,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
) -> Result<(), NoDecision> {
    let mut scratch = Scratch::new(machine);
    let mut deaf = Deaf;
    let mut work = scratch.work(machine, case, context, &mut deaf);
    work.event = Some(event);
    who::may(&mut work, event)
}

/// The same passing of time with somebody listening.
pub(crate) fn explained_wake<R: Reasons>(
    machine: &Machine,
    case: &Case,
    until: Instant,
    context: &Context<'_>,
    reasons: &mut R,
) -> Result<Decision, NoDecision> {
    let mut scratch = Scratch::new(machine);
    let mut work = scratch.work(machine, case, context, reasons);
    passing::until(&mut work, until)?;
    Ok(Decision { facts: scratch.facts, effects: scratch.effects })
}

/// Decides one event as [`decide_into`] does, asking an oracle wherever the protocol has a
/// condition.
///
/// # Errors
/// As [`decide`], and the faults of the oracle.
pub fn decide_asking<O: Oracle>(
    machine: &Machine,
    case: &Case,
    event: &Event,
    context: &Context<'_>,
    oracle: &mut O,
    scratch: &mut Scratch,
) -> Result<(), NoDecision> {
    let mut asking = Asking(oracle);
    let mut work = scratch.work(machine, case, context, &mut asking);
    steps::event(&mut work, event)
}

/// Lets time act once, on whatever is due first and at that instant, asking an oracle wherever the
/// protocol has a condition. Nothing happens where nothing is counted.
///
/// # Errors
/// As [`wake`], and the faults of the oracle.
pub fn act_asking<O: Oracle>(
    machine: &Machine,
    case: &Case,
    context: &Context<'_>,
    oracle: &mut O,
    scratch: &mut Scratch,
) -> Result<(), NoDecision> {
    let mut asking = Asking(oracle);
    let mut work = scratch.work(machine, case, context, &mut asking);
    passing::once(&mut work)
}
