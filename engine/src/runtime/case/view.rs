//! What conditions see of a case.

use crate::machine::Machine;
use crate::model::{DeadlineId, Party, Variable};
use crate::runtime::{Case, ClockState, Event};
use crate::script::{Env, FunctionId, ScriptFault, Value, VariableId};
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
            Variable::Met(id) => Value::Flag(
                clock(id)
                    .is_some_and(|it| matches!(it.state, ClockState::Met | ClockState::MetLate)),
            ),
            Variable::Breached(id) => Value::Flag(clock(id).is_some_and(|it| it.breached)),
            Variable::BreachedEver(id) => {
                Value::Flag(self.case.clocks.iter().any(|it| it.id.deadline == id && it.breached))
            }
            Variable::Running(id) => {
                Value::Flag(clock(id).is_some_and(crate::runtime::Clock::is_running))
            }
            Variable::Lapsed(id) => {
                Value::Flag(clock(id).is_some_and(|it| it.state == ClockState::Lapsed))
            }
            Variable::Sent(id) => Value::Flag(self.case.sent.binary_search(&id).is_ok()),
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
