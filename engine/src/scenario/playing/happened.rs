//! What happened in a step, as what a scenario expects of it.

use crate::machine::Machine;
use crate::model::{DeadlineId, FieldId, FieldKind};
use crate::runtime::{Case, ClockState, FactKind, Given};
use crate::scenario::playing::play::Frame;
use crate::scenario::running::{Running, told};
use crate::scenario::{Due, Expect, Movement, When};
use crate::script::Value;
use crate::text::Spanned;

/// The expectations of a step: the stage always, everything else where it has changed or
/// happened.
pub(crate) fn expect(machine: &Machine, before: Option<&Case>, frame: &Frame<'_>) -> Expect {
    let here = Here { machine, before, frame };
    let case = &frame.after.case;
    let refusal = frame.came.reported.iter().find_map(|it| it.refusal.as_ref());
    let has_ladder = !machine.protocol.ladder.is_empty();
    let letters = here.each(|kind| match kind {
        FactKind::LetterDue { letter } => Some(*letter),
        _ => None,
    });
    Expect {
        refused: refusal.map(|it| here.at(it.name(machine).to_owned())),
        stage: Some(here.at(case.stage)),
        rung: changed(before.map(|it| it.rung), case.rung)
            .filter(|_| has_ladder)
            .map(|it| here.at(it)),
        severity: changed(before.map(|it| it.severity), case.severity)
            .flatten()
            .map(|it| here.at(it)),
        now: here.is_awaited().then(|| here.at(When::At(frame.after.now))),
        met: here.deadlines(|kind| matches!(kind, FactKind::Met { .. })),
        breached: here.deadlines(|kind| matches!(kind, FactKind::Breached { .. })),
        lapsed: here.deadlines(|kind| matches!(kind, FactKind::Lapsed { .. })),
        warned: here.deadlines(|kind| matches!(kind, FactKind::Warned { .. })),
        letters: here.all(letters),
        told: here.all(told(&frame.came.facts)),
        due: here.due(),
        fields: here.fields(),
        allowed: Vec::new(),
        running: here.running(),
    }
}

struct Here<'a, 'm> {
    machine: &'m Machine,
    before: Option<&'a Case>,
    frame: &'a Frame<'m>,
}

fn changed<T: Copy + PartialEq>(before: Option<T>, now: T) -> Option<T> {
    (before != Some(now)).then_some(now)
}

impl Here<'_, '_> {
    fn at<T>(&self, value: T) -> Spanned<T> {
        Spanned::new(value, self.frame.step.span)
    }

    fn is_awaited(&self) -> bool {
        matches!(self.frame.step.movement, Movement::Until(_))
    }

    fn each<T>(&self, of: impl Fn(&FactKind) -> Option<T>) -> Vec<T> {
        self.frame.came.facts.iter().filter_map(|fact| of(&fact.kind)).collect()
    }

    fn all<T>(&self, list: Vec<T>) -> Option<Spanned<Vec<T>>> {
        (!list.is_empty()).then(|| self.at(list))
    }

    fn deadlines(&self, is: impl Fn(&FactKind) -> bool) -> Option<Spanned<Vec<DeadlineId>>> {
        let found = self.each(|kind| match kind {
            FactKind::Met { clock, .. }
            | FactKind::Breached { clock }
            | FactKind::Lapsed { clock }
            | FactKind::Warned { clock, .. }
                if is(kind) =>
            {
                Some(clock.deadline)
            }
            _ => None,
        });
        self.all(found)
    }

    /// The due instants of open clocks that were not the same before.
    fn due(&self) -> Vec<(DeadlineId, Spanned<Due>)> {
        let deadlines = (0..self.machine.protocol.deadlines.len()).map(DeadlineId::at);
        let of = |case: &Case, id| {
            let clock = case.latest(id)?;
            match (clock.state, clock.times.due) {
                (ClockState::Paused(_), _) => Some(Due::Paused),
                (ClockState::Running, Some(at)) => Some(Due::When(When::At(at))),
                _ => None,
            }
        };
        let now = deadlines.filter_map(|id| Some((id, of(&self.frame.after.case, id)?)));
        let is_new = |(id, due): &(DeadlineId, Due)| {
            self.before.and_then(|before| of(before, *id)) != Some(*due)
        };
        now.filter(is_new).map(|(id, due)| (id, self.at(due))).collect()
    }

    /// The clocks without a due instant that began in this step.
    fn running(&self) -> Vec<Spanned<DeadlineId>> {
        let begun = self.each(|kind| match kind {
            FactKind::Started { clock, .. } => Some(clock.deadline),
            _ => None,
        });
        let case = &self.frame.after.case;
        let is_undated = |id: &DeadlineId| {
            case.latest(*id).is_some_and(|it| it.is_running() && it.times.due.is_none())
        };
        begun.into_iter().filter(is_undated).map(|id| self.at(id)).collect()
    }

    /// The fields that the protocol set, and not whoever reported.
    fn fields(&self) -> Vec<(FieldId, Spanned<Given>)> {
        let protocol = &self.machine.protocol;
        let brought = |id: FieldId| {
            let name = protocol.fields.get(id.index()).map(|it| it.name.as_str());
            let mut data = self.frame.step.acts.iter().flat_map(|act| &act.data);
            data.any(|(brought, _)| Some(brought.as_str()) == name)
        };
        let mut set: Vec<FieldId> = self.each(|kind| match kind {
            FactKind::FieldSet { field, .. } if !brought(*field) => Some(*field),
            _ => None,
        });
        if self.before.is_none() {
            set.clear();
        }
        set.sort_unstable();
        set.dedup();
        let holds = |id| Some((id, self.at(held(self.machine, &self.frame.after, id)?)));
        set.into_iter().filter_map(holds).collect()
    }
}

/// What a field holds, as somebody would report it; nothing for an unset or a personal one.
fn held(machine: &Machine, running: &Running<'_>, id: FieldId) -> Option<Given> {
    let kind = machine.protocol.fields.get(id.index()).map(|it| &it.kind);
    Some(match (running.case.field(id), kind) {
        (Value::Flag(flag), _) => Given::Flag(flag),
        (Value::Number(number), _) => Given::Number(number),
        (Value::Date(on), _) => Given::Date(on),
        (Value::Text(text), _) => Given::Text(running.strings.get(text).to_owned()),
        (Value::Choice(place), Some(FieldKind::Choice(set) | FieldKind::Role(set))) => {
            let set = machine.protocol.scope.set(*set);
            Given::Text(set.and_then(|set| set.name(place))?.to_owned())
        }
        _ => return None,
    })
}
