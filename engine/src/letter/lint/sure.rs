//! What is surely known whenever a letter is sent, whatever sends it.

use crate::inspect::{Assigned, Fields};
use crate::letter::place::Place;
use crate::machine::Machine;
use crate::model::{
    Agreed, Branch, Deadline, DeadlineId, EventId, LetterId, Point, Protocol, StageId, Stop, To,
    Variable,
};
use crate::script::{Expr, ExprKind};
use crate::time::Allowance;

/// What is surely known when one letter is sent.
pub(crate) struct Sure<'m> {
    pub(crate) letter: LetterId,
    fields: Fields,
    senders: Vec<Sender<'m>>,
    protocol: &'m Protocol,
}

/// Something that sends the letter.
struct Sender<'m> {
    /// The event; none where time sends it.
    event: Option<EventId>,
    /// The stages of which one is surely there after it: the one left, the one entered.
    from: Option<StageId>,
    /// The stage after it, where that is certain.
    after: Option<StageId>,
    /// The deadline whose end or extension it is.
    clock: Option<DeadlineId>,
    /// The stop in whose life it is.
    stop: Option<&'m Stop>,
}

impl<'m> Sure<'m> {
    pub(crate) fn of(letter: LetterId, known: &Assigned, machine: &'m Machine) -> Self {
        let protocol = &machine.protocol;
        let fields = known.when(Point::Letter(letter));
        Self { letter, fields, senders: senders(letter, protocol), protocol }
    }

    /// Whether there is surely a value at a place.
    pub(crate) fn knows(&self, place: &Place) -> bool {
        let every = |holds: &dyn Fn(&Sender<'m>) -> bool| self.senders.iter().all(holds);
        match place {
            Place::Field(id) | Place::Words(id) => self.fields.contains(*id),
            Place::Ticket
            | Place::Opened
            | Place::Today
            | Place::Recipient
            | Place::Severity
            | Place::SeverityWord
            | Place::HandlerTitle
            | Place::Text(_) => true,
            Place::Entries(_) | Place::IsFirst | Place::IsLast => true,
            Place::Entry(id, part) => {
                let record = self.protocol.records.get(id.index());
                record.is_some_and(|it| part.is_always_there(it))
            }
            Place::ChannelTitle => false,
            Place::StopSays => every(&|it| it.stop.is_some()),
            Place::StopReviewOn | Place::StopAppealUntil => every(&|it| self.is_imposed(it)),
            Place::StopUntil => {
                every(&|it| self.is_imposed(it) && it.stop.is_some_and(|stop| stop.lasts.is_some()))
            }
            Place::OwnerTitle => every(&|it| {
                let stage = it.after.and_then(|id| self.protocol.stages.get(id.index()));
                stage.is_some_and(|stage| stage.owner.is_some())
            }),
            Place::Reason => every(&|it| self.has_reason(it)),
            Place::Started(id) => every(&|it| self.began(it, *id)),
            Place::Term(id) => every(&|it| self.began(it, *id)) && self.has_one_term(*id),
            Place::Due(id) => every(&|it| self.is_counted(it, *id)),
        }
    }

    /// Whether the letter goes with the decision to impose a stop, and with nothing else of it.
    fn is_imposed(&self, sender: &Sender<'_>) -> bool {
        sender.stop.is_some_and(|stop| {
            stop.notice == self.letter
                && stop.letters().filter(|it| *it == self.letter).count() == 1
        })
    }

    /// Whether the letter is surely sent with a reason. A stop states one when it is decided and
    /// when an appeal is answered, not when it is proposed or reviewed.
    fn has_reason(&self, sender: &Sender<'_>) -> bool {
        if let Some(stop) = sender.stop {
            let warning = stop.warning.map(|it| it.letter);
            return ![warning, stop.review.letter].contains(&Some(self.letter));
        }
        let event = sender.event.and_then(|id| self.protocol.events.get(id.index()));
        event.is_some_and(|event| event.reason)
    }

    fn deadline(&self, id: DeadlineId) -> Option<&'m Deadline> {
        self.protocol.deadlines.get(id.index())
    }

    /// Whether a deadline has surely begun once the letter is sent so.
    fn began(&self, sender: &Sender<'_>, id: DeadlineId) -> bool {
        if sender.clock == Some(id) {
            return true;
        }
        let Some(deadline) = self.deadline(id) else { return false };
        let points = || deadline.starts.iter().chain(&deadline.restarts);
        let happened = |point: &Point| match point {
            Point::Event(event) => *event == EventId::OPENED || Some(*event) == sender.event,
            Point::Letter(letter) => *letter == self.letter,
            Point::Stage(stage) => [sender.from, sender.after].contains(&Some(*stage)),
            Point::Date(field) => self.fields.contains(*field),
            _ => false,
        };
        let dated = match deadline.due {
            None => true,
            Some(Agreed::Field(field)) => self.fields.contains(field),
            Some(Agreed::Entry(_)) => false,
        };
        let exists = deadline.when.as_ref().is_none_or(|it| self.follows(it));
        exists && dated && points().any(happened)
    }

    /// Whether a condition surely holds once the letter is sent: it asks whether it was.
    fn follows(&self, when: &Expr) -> bool {
        match &when.kind {
            ExprKind::Var(id) => {
                let variable = self.protocol.variables.get(usize::from(id.0));
                variable == Some(&Variable::Sent(self.letter))
            }
            ExprKind::And(all) => all.iter().all(|it| self.follows(it)),
            ExprKind::Or(any) => any.iter().any(|it| self.follows(it)),
            _ => false,
        }
    }

    /// Whether it has a due instant then: begun, with a counted end, and not standing still.
    fn is_counted(&self, sender: &Sender<'_>, id: DeadlineId) -> bool {
        let Some(deadline) = self.deadline(id) else { return false };
        let promptly = |it: &Allowance| matches!(it, Allowance::Promptly);
        let stands_still = |stage: StageId| {
            let stage = self.protocol.stages.get(stage.index());
            stage.is_some_and(|it| it.pauses.iter().any(|it| it.deadline == id))
        };
        let all_stages = || (0..self.protocol.stages.len()).map(StageId::at);
        let may_stand_still = match (sender.clock == Some(id), sender.after) {
            (true, _) => false,
            (false, Some(stage)) => stands_still(stage),
            (false, None) => all_stages().any(stands_still),
        };
        self.began(sender, id)
            && !may_stand_still
            && !deadline.alternatives.iter().any(|it| promptly(&it.allowance))
    }

    fn has_one_term(&self, id: DeadlineId) -> bool {
        let is_one = |it: &Allowance| matches!(it, Allowance::Term(_));
        self.deadline(id).is_some_and(|it| {
            !it.alternatives.is_empty() && it.alternatives.iter().all(|it| is_one(&it.allowance))
        })
    }
}

/// The events that send a letter, each as often as it may.
pub(crate) fn events(letter: LetterId, protocol: &Protocol) -> impl Iterator<Item = EventId> {
    senders(letter, protocol).into_iter().filter_map(|it| it.event)
}

fn senders(letter: LetterId, protocol: &Protocol) -> Vec<Sender<'_>> {
    let mut found = Vec::new();
    let mut add = |branch: &Branch, event: Option<EventId>, from: StageId| {
        if branch.sends.contains(&letter) {
            let after = match branch.to {
                To::Stage(stage) => Some(stage),
                To::Same => Some(from),
                To::Unsaid => branch.escalate.is_none().then_some(from),
            };
            found.push(Sender { event, from: Some(from), after, clock: None, stop: None });
        }
    };
    for (place, stage) in protocol.stages.iter().enumerate() {
        let from = StageId::at(place);
        for transitions in &stage.on {
            transitions.branches.iter().for_each(|it| add(it, Some(transitions.event), from));
        }
        stage.after.iter().for_each(|it| add(&it.branch, None, from));
    }
    for (place, deadline) in protocol.deadlines.iter().enumerate() {
        let clock = Some(DeadlineId::at(place));
        if deadline.outcome.sends.contains(&letter) {
            found.push(Sender { event: None, from: None, after: None, clock, stop: None });
        }
        let extended = deadline.extend.iter().filter(|it| it.sends.contains(&letter));
        found.extend(extended.map(|it| Sender {
            event: Some(it.on),
            from: None,
            after: None,
            clock,
            stop: None,
        }));
    }
    // A stop is decided whatever the case is doing.
    let stops = protocol.stops.iter().filter(|stop| stop.letters().any(|it| it == letter));
    found.extend(stops.map(|it| Sender {
        event: None,
        from: None,
        after: None,
        clock: None,
        stop: Some(it),
    }));
    found
}
