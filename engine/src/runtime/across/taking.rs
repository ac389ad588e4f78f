//! A report from beginning to end: what is brought to it, what is decided, what follows from it.

use crate::machine::Machine;
use crate::model::StopId;
use crate::runtime::{
    CaseKey, Context, Event, Explanation, Fact, NoDecision, Register, StopKey, proposal,
    proposed_by_itself,
};
use crate::text::Strings;

/// What came of a report.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What was decided of it, and why. Of a stop that there is not: nothing is said here, for
    /// [`read_report`](crate::runtime::read_report) refuses it before.
    pub why: Explanation,
    /// The stop that it was of, where it was of one.
    pub stop: Option<StopKey>,
    /// The fact that a stop refused it, which is recorded although it was refused.
    pub refused: Option<Fact>,
    /// What followed from it where it was accepted.
    pub followed: Followed,
}

/// What follows for stops from an event that its case has taken.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    /// The stops whose condition holds, whether or not they are proposed now.
    pub conditions: Vec<StopId>,
    /// What happened to stops: proposed by their condition, or ended with the case. In order.
    pub events: Vec<(Event, StopKey, Explanation)>,
    /// The fault of a condition that proposes stops. It takes nothing back: the event stays
    /// accepted.
    pub broken: Option<NoDecision>,
}

impl Register {
    /// Takes a report of a case, or of a stop on it: brings the stops in force and what is known
    /// of the person's other cases, decides it, keeps what was decided, and lets follow what
    /// follows. Time must have acted before, up to when it is recorded. That a stop refused it is
    /// kept as well; any other refusal, and a fault, change nothing but what the event brings.
    ///
    /// # Panics
    /// For the key of another register.
    pub fn take(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        event: &mut Event,
        strings: &mut Strings,
        absent: &[crate::model::RoleId],
    ) -> Taken {
        if event.stop.is_some() {
            let reported = self.report_stop(machine, key, event, &Context::new(strings));
            let (stop, why) = reported.map_or_else(
                || (None, Explanation { reasons: Vec::new(), outcome: Ok(<_>::default()) }),
                |(stop, why)| (Some(stop), why),
            );
            return Taken { why, stop, refused: None, followed: Followed::default() };
        }
        event.stops = self.stops_at(machine, key, event);
        let context = Context { absent, ..Context::new(strings) };
        let why = self.report(machine, key, event, &context);
        let refused = match &why.outcome {
            Err(NoDecision::Refused(refusal)) => self.record_refusal(key, event, refusal),
            _ => None,
        };
        let followed = match why.outcome.is_ok() {
            true => self.follow(machine, key, event, strings),
            false => Followed::default(),
        };
        Taken { why, stop: None, refused, followed }
    }

    /// What follows for stops from an event that its case has taken: a stop that covers no more
    /// than a case ends with it, and conditions propose stops that are not on their way.
    fn follow(
        &mut self,
        machine: &Machine,
        key: CaseKey,
        event: &Event,
        strings: &mut Strings,
    ) -> Followed {
        let mut followed = Followed::default();
        if machine.protocol.stops.is_empty() {
            return followed;
        }
        let case = &self[key].case;
        let (person, at) = (case.complainant, case.reported_at);
        match proposed_by_itself(machine, case, &Context::new(strings)) {
            Ok(found) => followed.conditions = found,
            Err(none) => followed.broken = Some(none),
        }
        for stop in followed.conditions.clone() {
            let is_live = self.live_stop(machine, stop, key, person).is_some();
            // Whoever was heard about a case once is not warned anew by each further event of it.
            if is_live || self.was_proposed_on(stop, key) {
                continue;
            }
            let name = machine.protocol.stops.get(stop.index()).map_or("", |it| &it.name);
            let id = strings.intern(&format!("{}:{name}", strings.get(event.id)));
            let proposed = proposal(stop, id, at);
            let reported = self.report_stop(machine, key, &proposed, &Context::new(strings));
            followed.events.extend(reported.map(|(stop, why)| (proposed, stop, why)));
        }
        followed.events.extend(self.end_with_cases(machine, strings));
        followed
    }
}
