//! The bench on which a decision is made: a copy of the case to which each fact is applied as it
//! is made, so that what is decided and what is applied cannot differ.

use crate::machine::Machine;
use crate::model::{
    Deadline, DeadlineId, Doer, EventId, Party, Point, Protocol, RecordId, RoleId, RuleId,
};
use crate::runtime::answer::reasons::Reasons;
use crate::runtime::case::due;
use crate::runtime::decide::clock::arm::Begins;
use crate::runtime::decide::clock::extend::Extending;
use crate::runtime::decide::clock::react::Queued;
use crate::runtime::decide::steps::allowed;
use crate::runtime::{
    Case, ClockId, Context, Effect, EffectKind, Event, Fact, FactKind, Fault, FaultKind,
    NoDecision, Refusal, RefusalKind, View, apply,
};
use crate::script::{Expr, ScriptFault, Value};
use crate::time::{Instant, Start, TimeError};

/// The state of a decision being made.
pub(crate) struct Work<'a, R> {
    pub(crate) machine: &'a Machine,
    pub(crate) context: &'a Context<'a>,
    pub(crate) event: Option<&'a Event>,
    /// The entry that the event adds, changes or does: its record and its number.
    pub(crate) entry: Option<(RecordId, u16)>,
    /// The instant of the facts being made.
    pub(crate) at: Instant,
    pub(crate) case: &'a mut Case,
    pub(crate) facts: &'a mut Vec<Fact>,
    pub(crate) effects: &'a mut Vec<Effect>,
    /// The points of the decision, in order; clocks work them off.
    pub(crate) points: &'a mut Vec<Point>,
    /// The deadlines of which a clock began in this decision.
    pub(crate) begun: &'a mut Vec<DeadlineId>,
    /// What the clocks will do in this round.
    pub(crate) queue: &'a mut Vec<Queued>,
    /// The next periods of recurring duties, to begin in this decision.
    pub(crate) again: &'a mut Vec<(DeadlineId, Start, Begins)>,
    /// What the event lengthens.
    pub(crate) extending: &'a mut Vec<Extending>,
    pub(crate) reasons: &'a mut R,
}

impl<R> Work<'_, R> {
    /// Forgets the points and clocks of the decision before.
    pub(crate) fn begin_decision(&mut self) {
        self.points.clear();
        self.begun.clear();
        self.again.clear();
        self.extending.clear();
        self.entry = None;
    }

    /// Whether this clock began in the decision. Of a deadline for each entry only the clock of
    /// the event's own entry can.
    pub(crate) fn has_begun(&self, clock: ClockId) -> bool {
        if !self.begun.contains(&clock.deadline) {
            return false;
        }
        let each = self.machine.protocol.deadlines[clock.deadline.index()].for_each;
        each.is_none() || self.entry.is_some_and(|(_, number)| number == clock.occurrence)
    }

    /// The refusal of the event being decided, with what is allowed instead.
    pub(crate) fn refuse(&self, kind: RefusalKind, rule: RuleId) -> NoDecision {
        let event = self.event.map_or(EventId::OPENED, |event| event.kind);
        let allowed = allowed(self.machine, self.case);
        NoDecision::Refused(Box::new(Refusal { event, kind, rule, allowed }))
    }
}

impl<R: Reasons> Work<'_, R> {
    /// Records a fact and makes the case what it is after it.
    #[inline]
    pub(crate) fn record(&mut self, rule: RuleId, kind: FactKind) {
        let cause = self.event.map(|event| event.id);
        let sequence = self.case.sequence.saturating_add(1);
        self.facts.push(Fact { sequence, at: self.at, cause, rule, kind });
        if let Some(fact) = self.facts.last() {
            apply(self.case, fact);
        }
    }

    /// Adds something to do after the last fact.
    pub(crate) fn cause(&mut self, rule: RuleId, kind: EffectKind) {
        let sequence = self.case.sequence;
        let same = self.effects.iter().rev().take_while(|it| it.sequence == sequence).count();
        let index = u16::try_from(same).unwrap_or(u16::MAX);
        self.effects.push(Effect { sequence, index, rule, kind, not_before: None });
    }

    /// Whether a condition holds now.
    pub(crate) fn holds(&mut self, expr: &Expr, rule: RuleId) -> Result<bool, NoDecision> {
        let view = view(self.machine, self.case, self.event, self.context);
        let answer = self.reasons.truth(expr, &view, rule);
        answer.map_err(|fault| broken(rule, fault))
    }

    /// What an expression gives now.
    pub(crate) fn value(&mut self, expr: &Expr, rule: RuleId) -> Result<Value, NoDecision> {
        let view = view(self.machine, self.case, self.event, self.context);
        self.reasons.value(expr, &view, rule).map_err(|fault| broken(rule, fault))
    }

    /// The place of the term of a deadline that applies now.
    pub(crate) fn alternative(&mut self, deadline: &Deadline) -> Result<u16, NoDecision> {
        let view = view(self.machine, self.case, self.event, self.context);
        let reasons = &mut *self.reasons;
        let holds = |when: &Expr| reasons.chooses(when, &view, deadline.rule);
        let found = due::alternative(view.case, deadline, holds);
        found.map_err(|fault| broken(deadline.rule, fault))
    }

    /// Who is meant, on the rung and in the stage where the case is.
    pub(crate) fn party(&self, doer: Doer) -> Option<Party> {
        party(&self.machine.protocol, self.case, doer)
    }

    /// Tells somebody; where nobody of that role is present, their deputy, else the next rung,
    /// else the accountable role. Never nobody.
    pub(crate) fn tell(&mut self, doer: Doer, rule: RuleId) {
        let accountable = Party::Role(self.machine.protocol.accountable);
        let party = match self.party(doer).unwrap_or(accountable) {
            Party::Role(role) => Party::Role(self.present(role)),
            other => other,
        };
        let from = self.told_from(party);
        self.record(rule, FactKind::Told { party, from });
        self.cause(rule, EffectKind::Tell(party));
        if let Some(effect) = self.effects.last_mut() {
            effect.not_before = from;
        }
    }

    /// From when somebody is told who has hours for it: the next opening, where that is not now
    /// and nothing asks for haste. What cannot be worked out is told at once.
    fn told_from(&mut self, party: Party) -> Option<Instant> {
        let Party::Role(role) = party else { return None };
        let machine: &Machine = self.machine;
        let role = &machine.protocol.roles[role.index()];
        let calendar = machine.calendar(usize::from(self.case.amended), role.told?)?;
        if let Some(at_once) = &role.at_once
            && self.holds(at_once, role.rule).unwrap_or(true)
        {
            return None;
        }
        calendar.open_from(self.at).filter(|from| *from > self.at)
    }

    fn present(&self, role: RoleId) -> RoleId {
        let here = |role: &RoleId| !self.context.absent.contains(role);
        let protocol = &self.machine.protocol;
        let deputy = protocol.roles[role.index()].deputy;
        let above = protocol.ladder.iter().skip(self.case.rung.index().saturating_add(1));
        let candidates = [Some(role), deputy].into_iter().flatten();
        candidates
            .chain(above.map(|rung| rung.handled_by))
            .find(here)
            .unwrap_or(protocol.accountable)
    }
}

fn view<'v>(
    machine: &'v Machine,
    case: &'v Case,
    event: Option<&'v Event>,
    context: &'v Context<'_>,
) -> View<'v> {
    View { machine, case, event, strings: context.strings }
}

/// Who is meant, on the rung and in the stage where the case is.
pub(crate) fn party(protocol: &Protocol, case: &Case, doer: Doer) -> Option<Party> {
    let handler = || protocol.ladder.get(case.rung.index()).map(|it| Party::Role(it.handled_by));
    match doer {
        Doer::Party(party) => Some(party),
        Doer::Handler => handler(),
        Doer::Owner => match protocol.stages.get(case.stage.index())?.owner? {
            Doer::Party(party) => Some(party),
            Doer::Handler | Doer::Owner => handler(),
        },
    }
}

/// Who answers for a clock: the role that its entry names, else whom the deadline names.
pub(crate) fn who(machine: &Machine, case: &Case, clock: ClockId) -> Option<Party> {
    let deadline = machine.protocol.deadlines.get(clock.deadline.index())?;
    let named = deadline.for_each.and_then(|each| Some((each.record, each.who?)));
    if let Some((record, field)) = named
        && let Value::Choice(place) = case.entry_value(record, clock.occurrence, field)
    {
        return Some(Party::Role(RoleId(place)));
    }
    party(&machine.protocol, case, deadline.who?)
}

/// A fault of a condition.
pub(crate) fn broken(rule: RuleId, fault: ScriptFault) -> NoDecision {
    NoDecision::Faulted(Box::new(Fault { rule, kind: FaultKind::Script(fault) }))
}

/// A date outside what calendars know.
pub(crate) fn untimely(rule: RuleId, error: TimeError) -> NoDecision {
    NoDecision::Faulted(Box::new(Fault { rule, kind: FaultKind::Time(error) }))
}
