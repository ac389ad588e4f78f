//! What conditions see of a case.

use crate::machine::Machine;
use crate::model::{DeadlineId, Party, RecordId, Variable};
use crate::runtime::{Case, Clock, ClockState, Entry, Event};
use crate::script::{self, Env, FunctionId, ScriptFault, Value, VariableId};
use crate::text::{Strings, Symbol};

/// A case as conditions read it: the fields already hold what the event brings; everything else
/// is as it is at this point of the decision.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The machine the case belongs to.
    pub machine: &'a Machine,
    /// The case.
    pub case: &'a Case,
    /// The event being decided; `None` where time alone acts.
    pub event: Option<&'a Event>,
    /// The table of strings of the case.
    pub strings: &'a Strings,
}

impl Env for View<'_> {
    #[inline]
    fn value(&self, variable: VariableId) -> Value {
        match self.machine.protocol.variables.get(usize::from(variable.0)) {
            Some(Variable::Field(field)) => self.case.field(*field),
            Some(other) => self.other(*other),
            None => Value::Unset,
        }
    }

    fn entries(&self, record: script::RecordId) -> u16 {
        u16::try_from(self.case.entries(RecordId(record.0)).len()).unwrap_or(u16::MAX)
    }

    fn entry_value(&self, record: script::RecordId, entry: u16, field: u16) -> Value {
        let record = RecordId(record.0);
        let Some(entry) = self.case.entries(record).get(usize::from(entry)) else {
            return Value::Unset;
        };
        let declared = self.machine.protocol.records.get(record.index());
        let own = declared.map_or(0, |it| it.fields.len());
        match usize::from(field).checked_sub(own) {
            None => self.case.entry_value(record, entry.number, field),
            Some(built_in) => self.of_entry(entry, built_in),
        }
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    fn symbol(&self, text: &str) -> Option<Symbol> {
        self.strings.find(text)
    }

    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault> {
        self.machine.protocol.library.call(function, arguments, self.strings)
    }
}

impl View<'_> {
    fn other(&self, variable: Variable) -> Value {
        let clock = |id: DeadlineId| self.case.latest(id);
        match variable {
            Variable::Field(field) => self.case.field(field),
            Variable::Severity => {
                self.case.severity.map_or(Value::Unset, |level| Value::Choice(level.0))
            }
            Variable::Rung => Value::Choice(self.case.rung.0),
            Variable::Stage => Value::Choice(self.case.stage.0),
            Variable::Channel => self.channel().map_or(Value::Unset, |id| Value::Choice(id.0)),
            Variable::ChannelWritten => self.event.map_or(Value::Unset, |event| {
                let channels = &self.machine.protocol.channels;
                let written = event.channel.is_some_and(|id| channels[id.index()].written);
                Value::Flag(written)
            }),
            Variable::By => self
                .event
                .map_or(Value::Unset, |event| Value::Choice(self.party(event.actor.party))),
            Variable::Event => self.event.map_or(Value::Unset, |event| Value::Choice(event.kind.0)),
            Variable::Intake => Value::Choice(self.case.intake.0),
            Variable::Met(id) => Value::Flag(self.is_met(id)),
            Variable::Breached(id) if self.is_for_each(id) => {
                self.other(Variable::BreachedEver(id))
            }
            Variable::Breached(id) => Value::Flag(clock(id).is_some_and(|it| it.breached)),
            Variable::BreachedEver(id) => {
                Value::Flag(self.case.clocks.iter().any(|it| it.id.deadline == id && it.breached))
            }
            Variable::Running(id) if self.is_for_each(id) => {
                Value::Flag(self.case.all_open(id).any(Clock::is_running))
            }
            Variable::Running(id) => Value::Flag(clock(id).is_some_and(Clock::is_running)),
            Variable::Lapsed(id) => Value::Flag(match self.is_for_each(id) {
                true => self.of(id).any(|it| it.state == ClockState::Lapsed),
                false => clock(id).is_some_and(|it| it.state == ClockState::Lapsed),
            }),
            Variable::History(question) => self.case.history(question),
            Variable::Sent(id) => Value::Flag(self.case.sent.binary_search(&id).is_ok()),
        }
    }

    /// What every entry has without its being declared, by the place in
    /// [`BUILT_IN_OF_ENTRY`](crate::model::BUILT_IN_OF_ENTRY).
    fn of_entry(&self, entry: &Entry, built_in: usize) -> Value {
        let date = |at| Value::Date(self.machine.protocol.zone.civil(at).date());
        match built_in {
            0 => Value::Text(entry.id),
            1 => date(entry.at),
            2 => Value::Flag(entry.done_at.is_some()),
            3 => entry.done_at.map_or(Value::Unset, date),
            _ => Value::Unset,
        }
    }

    fn is_for_each(&self, id: DeadlineId) -> bool {
        let deadline = self.machine.protocol.deadlines.get(id.index());
        deadline.is_some_and(|it| it.for_each.is_some())
    }

    fn of(&self, id: DeadlineId) -> impl Iterator<Item = &Clock> {
        self.case.clocks.iter().filter(move |it| it.id.deadline == id)
    }

    /// Whether the latest instance was met; of a deadline for each entry, whether there was one
    /// and every one was.
    fn is_met(&self, id: DeadlineId) -> bool {
        let met = |it: &Clock| matches!(it.state, ClockState::Met | ClockState::MetLate);
        match self.is_for_each(id) {
            true => self.case.latest(id).is_some() && self.of(id).all(met),
            false => self.case.latest(id).is_some_and(met),
        }
    }

    fn channel(&self) -> Option<crate::model::ChannelId> {
        self.event.and_then(|event| event.channel)
    }

    /// The place of a party in the set that conditions compare `by` with: the roles, then the
    /// built-in parties.
    fn party(&self, party: Party) -> u16 {
        let built_in = Party::BUILT_IN.iter().position(|(_, it)| *it == party);
        let place = match party {
            Party::Role(role) => role.index(),
            _ => self.machine.protocol.roles.len().saturating_add(built_in.unwrap_or(0)),
        };
        u16::try_from(place).unwrap_or(u16::MAX)
    }
}
