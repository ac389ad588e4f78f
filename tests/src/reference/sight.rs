//! What conditions read of a case.

use engine::model::{DeadlineId, Party, Protocol, RecordId, Variable};
use engine::runtime::Event;
use engine::script::{self, Env, FunctionId, ScriptFault, Value, VariableId};
use engine::text::{Strings, Symbol};

use crate::reference::case::{Life, RefCase, RefClock};

/// A case as a condition sees it.
pub(crate) struct Sight<'a> {
    pub(crate) protocol: &'a Protocol,
    pub(crate) strings: &'a Strings,
    pub(crate) case: &'a RefCase,
    pub(crate) event: Option<&'a Event>,
}

impl Env for Sight<'_> {
    fn value(&self, variable: VariableId) -> Value {
        let meaning = self.protocol.variables[usize::from(variable.0)];
        match meaning {
            Variable::Field(id) => {
                let name = &self.protocol.fields[id.index()].name;
                self.case.fields.get(name).copied().unwrap_or(Value::Unset)
            }
            Variable::Severity => choice(self.case.severity.map(|it| it.0)),
            Variable::Rung => choice(Some(self.case.rung.map_or(0, |it| it.0))),
            Variable::Stage => choice(Some(match self.case.stage {
                Some((stage, _)) => stage.0,
                None => self.protocol.start.0,
            })),
            Variable::Channel => choice(self.event.and_then(|it| it.channel).map(|it| it.0)),
            Variable::ChannelWritten => match self.event.map(|it| it.channel) {
                Some(Some(channel)) => Value::Flag(self.protocol.channels[channel.index()].written),
                Some(None) => Value::Flag(false),
                None => Value::Unset,
            },
            Variable::By => choice(self.event.map(|it| self.party(it.actor.party))),
            Variable::Event => choice(self.event.map(|it| it.kind.0)),
            Variable::Intake => choice(Some(self.case.intake)),
            Variable::Met(id) => Value::Flag(
                self.asked(id).next().is_some()
                    && self.asked(id).all(|it| matches!(it.life, Life::Met | Life::MetLate)),
            ),
            Variable::Breached(id) => Value::Flag(self.asked(id).any(|it| it.breached)),
            Variable::BreachedEver(id) => {
                Value::Flag(self.case.clocks.iter().any(|it| it.deadline == id && it.breached))
            }
            Variable::Running(id) => Value::Flag(
                self.asked(id).any(|it| it.is_open() && it.paused_in().is_none() && !it.breached),
            ),
            Variable::Lapsed(id) => Value::Flag(self.asked(id).any(|it| it.life == Life::Lapsed)),
            Variable::History(question) => {
                let known = self.case.history.get(&question).copied();
                known.unwrap_or(Value::Number(0.into()))
            }
            Variable::Sent(id) => {
                Value::Flag(self.case.sent.contains(&self.protocol.letters[id.index()].name))
            }
        }
    }

    fn entries(&self, record: script::RecordId) -> u16 {
        u16::try_from(self.case.entries_of(RecordId(record.0)).len()).unwrap()
    }

    fn entry_value(&self, record: script::RecordId, entry: u16, field: u16) -> Value {
        let declared = &self.protocol.records[usize::from(record.0)].fields;
        let entry = &self.case.entries_of(RecordId(record.0))[usize::from(entry)];
        let date = |at| Value::Date(self.protocol.zone.civil(at).date());
        match declared.get(usize::from(field)) {
            Some(it) => entry.values.get(&it.field.name).copied().unwrap_or(Value::Unset),
            None => match usize::from(field) - declared.len() {
                0 => self.strings.find(&entry.id).map_or(Value::Unset, Value::Text),
                1 => date(entry.at),
                2 => Value::Flag(entry.done_at.is_some()),
                _ => entry.done_at.map_or(Value::Unset, date),
            },
        }
    }

    fn text(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    fn symbol(&self, text: &str) -> Option<Symbol> {
        self.strings.find(text)
    }

    fn call(&self, function: FunctionId, arguments: &[Value]) -> Result<Value, ScriptFault> {
        self.protocol.library.call(function, arguments, self.strings)
    }
}

impl Sight<'_> {
    /// The clocks that a question is about: the latest, or every one where entries have their own.
    fn asked(&self, id: DeadlineId) -> impl Iterator<Item = &RefClock> {
        let each = self.protocol.deadlines[id.index()].for_each.is_some();
        let all = self.case.clocks.iter().filter(move |it| each && it.deadline == id);
        all.chain(self.case.clock(id).filter(|_| !each))
    }

    /// The place among the parties: the roles, then the three that always exist.
    fn party(&self, party: Party) -> u16 {
        let after_roles = |place: usize| u16::try_from(self.protocol.roles.len() + place).unwrap();
        match party {
            Party::Role(role) => role.0,
            Party::Complainant => after_roles(0),
            Party::Respondent => after_roles(1),
            Party::System => after_roles(2),
        }
    }
}

fn choice(place: Option<u16>) -> Value {
    place.map_or(Value::Unset, Value::Choice)
}
