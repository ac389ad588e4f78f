//! What happened in a step, as what a scenario expects of it.

use std::collections::BTreeMap;

use crate::machine::Machine;
use crate::model::{FieldId, FieldKind, RecordId, StopClock, StopId, TrendId};
use crate::runtime::{Case, Changed, Clock, ClockId, ClockState, Fact, FactKind, Given};
use crate::scenario::playing::play::Frame;
use crate::scenario::running::{Running, clock_name, point, told};
use crate::scenario::{ClockName, Due, Expect, Movement, StopExpect, When};
use crate::script::Value;
use crate::text::Spanned;

/// The expectations of a step: the stage always, everything else where it has changed or
/// happened.
pub(crate) fn expect(machine: &Machine, before: Option<&Case>, frame: &Frame<'_>) -> Expect {
    let here = Here { machine, before, frame };
    let case = frame.after.case();
    let refusal = frame.came.reported.iter().find_map(|it| it.refusal.as_ref());
    let has_ladder = !machine.protocol.ladder.is_empty();
    let letter = |kind: &FactKind| match kind {
        FactKind::LetterDue { letter } => Some(*letter),
        _ => None,
    };
    let of_stops = frame.came.stopped.iter().map(|it| it.fact);
    let letters = here.each(letter).into_iter();
    let letters = letters.chain(of_stops.clone().filter_map(|it| letter(&it.kind))).collect();
    let facts: Vec<Fact> = frame.came.facts.iter().copied().chain(of_stops).collect();
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
        broken: here.all(here.each(|kind| match kind {
            FactKind::Broken { guarantee } => Some(*guarantee),
            _ => None,
        })),
        lapsed: here.deadlines(|kind| matches!(kind, FactKind::Lapsed { .. })),
        warned: here.deadlines(|kind| matches!(kind, FactKind::Warned { .. })),
        letters: here.all(letters),
        trends: here.all(here.raised()),
        told: here.all(told(&facts)),
        due: here.due(),
        erasable: Vec::new(),
        hidden_from: Vec::new(),
        fields: here.fields(),
        entries: here.entries(),
        allowed: Vec::new(),
        running: here.running(),
        withdrawn: here
            .all(frame.came.news.iter().flat_map(|it| &it.withdrawn).filter_map(point).collect()),
        discovered: here
            .all(frame.came.news.iter().flat_map(|it| &it.added).filter_map(point).collect()),
        known_at: None,
        true_at: None,
        stops: None,
        stop: here.missed_of_stops(),
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

    fn deadlines(&self, is: impl Fn(&FactKind) -> bool) -> Option<Spanned<Vec<ClockName>>> {
        let found = self.each(|kind| match kind {
            FactKind::Met { clock, .. }
            | FactKind::Breached { clock }
            | FactKind::Lapsed { clock }
            | FactKind::Warned { clock, .. }
                if is(kind) =>
            {
                Some(clock_name(&self.frame.after, *clock))
            }
            _ => None,
        });
        self.all(found)
    }

    fn raised(&self) -> Vec<TrendId> {
        let raised = self.frame.came.changes.iter().filter(|it| it.kind == Changed::Raised);
        raised.map(|it| it.signal.trend).collect()
    }

    /// The reviews and answers of stops that were missed.
    fn missed_of_stops(&self) -> Vec<(StopId, StopExpect)> {
        let mut found: BTreeMap<StopId, Vec<StopClock>> = BTreeMap::new();
        for it in &self.frame.came.stopped {
            let FactKind::Breached { clock } = it.fact.kind else { continue };
            let clock = StopClock::ALL.get(clock.deadline.index());
            found.entry(it.stop).or_default().extend(clock);
        }
        let expect = |missed| StopExpect { missed: Some(self.at(missed)), ..StopExpect::default() };
        found.into_iter().map(|(stop, missed)| (stop, expect(missed))).collect()
    }

    /// The due instants of open clocks that were not the same before, in file order and then in
    /// order of beginning.
    fn due(&self) -> Vec<(ClockName, Spanned<Due>)> {
        let of = |clock: &Clock| match (clock.state, clock.times.due) {
            (ClockState::Paused(_), _) => Some(Due::Paused),
            (ClockState::Running, Some(at)) => Some(Due::When(When::At(at))),
            _ => None,
        };
        let before = |id: ClockId| self.before.and_then(|case| of(latest(self.machine, case, id)?));
        let mut found = Vec::new();
        for clock in self.latest_clocks() {
            if let Some(due) = of(clock).filter(|due| before(clock.id) != Some(*due)) {
                found.push((clock_name(&self.frame.after, clock.id), self.at(due)));
            }
        }
        found
    }

    /// The latest clock of each deadline, and of each entry, in file order.
    fn latest_clocks(&self) -> Vec<&Clock> {
        let case = self.frame.after.case();
        let is_latest = |it: &&Clock| {
            latest(self.machine, case, it.id).is_some_and(|latest| latest.id == it.id)
        };
        let mut clocks: Vec<&Clock> = case.clocks.iter().filter(is_latest).collect();
        clocks.sort_by_key(|it| it.id);
        clocks
    }

    /// The clocks without a due instant that began in this step.
    fn running(&self) -> Vec<Spanned<ClockName>> {
        let begun = self.each(|kind| match kind {
            FactKind::Started { clock, .. } => Some(*clock),
            _ => None,
        });
        let case = self.frame.after.case();
        let is_undated = |id: &ClockId| {
            latest(self.machine, case, *id)
                .is_some_and(|it| it.is_running() && it.times.due.is_none())
        };
        let names = begun.into_iter().filter(is_undated);
        names.map(|id| self.at(clock_name(&self.frame.after, id))).collect()
    }

    /// How many entries the records have to which one was added.
    fn entries(&self) -> Vec<(RecordId, Spanned<u32>)> {
        let mut added = self.each(|kind| match kind {
            FactKind::EntryAdded { record, .. } => Some(*record),
            _ => None,
        });
        added.dedup();
        let count =
            |id| u32::try_from(self.frame.after.case().entries(id).len()).unwrap_or(u32::MAX);
        added.into_iter().map(|id| (id, self.at(count(id)))).collect()
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

/// The clock that stands for another now: the latest of its deadline; itself where each entry has
/// one.
fn latest<'c>(machine: &Machine, case: &'c Case, id: ClockId) -> Option<&'c Clock> {
    let deadline = machine.protocol.deadlines.get(id.deadline.index())?;
    match deadline.for_each {
        Some(_) => case.clock(id),
        None => case.latest(id.deadline),
    }
}

/// What a field holds, as somebody would report it; nothing for an unset or a personal one.
fn held(machine: &Machine, running: &Running<'_>, id: FieldId) -> Option<Given> {
    let kind = machine.protocol.fields.get(id.index()).map(|it| &it.kind);
    Some(match (running.case().field(id), kind) {
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
