//! What is known of a person's other cases.

use crate::machine::Machine;
use crate::model::{Asked, RuleId};
use crate::runtime::{Case, CaseKey, Event, Fault, FaultKind, Held, NoDecision, Register, View};
use crate::script::{self, Expr, Value};
use crate::text::{Strings, Symbol};
use crate::time::{self, Instant, Term};

impl Register {
    /// Brings to an event what is known of its person's other cases, one answer for each question
    /// of the protocol: those opened within the period before the event, both ends inclusive, as
    /// they stand now; or the entries of a record added to them within it, whenever they opened. For an event of a case without a person every answer is 0. An event that
    /// brings its history already is left as it is: what was known when it was decided first does
    /// not change.
    ///
    /// # Errors
    /// The condition of `[history] upheld` broke on another case, or a period cannot be counted.
    pub fn bring(
        &self,
        machine: &Machine,
        key: CaseKey,
        event: &mut Event,
        strings: &Strings,
    ) -> Result<(), NoDecision> {
        let questions = &machine.protocol.history.questions;
        if questions.is_empty() || !event.history.is_empty() {
            return Ok(());
        }
        let Some(held) = self.get(key) else { return Ok(()) };
        let person = event.complainant.filter(|_| held.case.opened_at.is_none());
        let person = held.person().or(person);
        let others = self.others(key, person);
        let asking = Asking { machine, strings, event, case: &held.case };
        let counts = questions.iter().map(|it| match it.within {
            Some(within) => asking.count(it.asked, within, &others),
            None => Ok(self.stops_at(machine, key, event).len()),
        });
        let counts: Result<Vec<usize>, NoDecision> = counts.collect();
        event.history = counts?.into_iter().map(|it| Value::Number(it.into())).collect();
        Ok(())
    }

    /// The other cases of a person that are open or have been.
    fn others(&self, key: CaseKey, person: Option<Symbol>) -> Vec<(Instant, &Held)> {
        let keys = person.map_or(&[][..], |it| self.cases_of(it));
        let others = keys.iter().filter(|it| **it != key).filter_map(|it| self.get(*it));
        // Who complains may have been put right since.
        let others = others.filter(|it| it.person() == person);
        others.filter_map(|held| Some((held.case.opened_at?, held))).collect()
    }
}

/// What is asked for.
struct Asking<'a> {
    machine: &'a Machine,
    strings: &'a Strings,
    event: &'a Event,
    /// The case of the event, as it is before it.
    case: &'a Case,
}

impl Asking<'_> {
    fn count(
        &self,
        asked: Asked,
        within: Term,
        others: &[(Instant, &Held)],
    ) -> Result<usize, NoDecision> {
        let protocol = &self.machine.protocol;
        let rule = protocol.events[self.event.kind.index()].rule;
        let Some(calendar) = protocol.calendars.first() else { return Ok(0) };
        let at = self.event.at;
        let from = time::since(calendar, protocol.counts, at, within)
            .map_err(|error| fault(rule, FaultKind::Time(error)))?;
        if let Asked::Records(record) = asked {
            let entries = others.iter().flat_map(|(_, held)| held.case.entries(record));
            return Ok(entries.filter(|it| (from..=at).contains(&it.at)).count());
        }
        let mut count = 0usize;
        for (_, held) in others.iter().filter(|(opened, _)| (from..=at).contains(opened)) {
            if self.counts(asked, &held.case)? {
                count = count.saturating_add(1);
            }
        }
        Ok(count)
    }

    fn counts(&self, asked: Asked, other: &Case) -> Result<bool, NoDecision> {
        match asked {
            Asked::Cases | Asked::Records(_) | Asked::Stops => Ok(true),
            Asked::Same(field) => {
                let own = self.event.brings(field).unwrap_or_else(|| self.own(field));
                Ok(own != Value::Unset && own == other.field(field))
            }
            Asked::Upheld => {
                let Some((upheld, rule)) = &self.machine.protocol.history.upheld else {
                    return Ok(false);
                };
                holds(self.machine, self.strings, (upheld, *rule), other)
            }
        }
    }

    /// The value of a field of this case; before it is open, its default.
    fn own(&self, field: crate::model::FieldId) -> Value {
        match self.case.opened_at {
            Some(_) => self.case.field(field),
            None => self.machine.defaults.get(field.index()).copied().unwrap_or(Value::Unset),
        }
    }
}

/// Whether a case counts as upheld as it stands, by `[history] upheld`; `None` where the protocol
/// does not say what that is. A case in which a field is unset that would have to be read is not
/// upheld yet.
///
/// # Errors
/// A fault, where the condition breaks on this case.
pub fn is_upheld(
    machine: &Machine,
    strings: &Strings,
    case: &Case,
) -> Result<Option<bool>, NoDecision> {
    let upheld = machine.protocol.history.upheld.as_ref();
    upheld.map(|(upheld, rule)| holds(machine, strings, (upheld, *rule), case)).transpose()
}

fn holds(
    machine: &Machine,
    strings: &Strings,
    (upheld, rule): (&Expr, RuleId),
    case: &Case,
) -> Result<bool, NoDecision> {
    let view = View { machine, case, event: None, strings };
    match script::truth(upheld, &view) {
        Ok(is) => Ok(is),
        Err(broken) if matches!(broken.kind, script::FaultKind::Unset { .. }) => Ok(false),
        Err(broken) => Err(fault(rule, FaultKind::Script(broken))),
    }
}

fn fault(rule: RuleId, kind: FaultKind) -> NoDecision {
    NoDecision::Faulted(Box::new(Fault { rule, kind }))
}
