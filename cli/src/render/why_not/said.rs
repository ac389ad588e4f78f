//! An explanation in names and sentences, for both renderers.

use engine::machine::Machine;
use engine::model::RuleId;
use engine::runtime::{Case, Event, Explanation, NoDecision, Reason, Refusal, apply};
use engine::scenario::{Scenario, fact_words};
use engine::script::{Type, Value, VariableId};
use engine::text::{SourceSet, Span, Strings};
use engine::time::spoken;

/// An event that was asked about, and the engine's explanation.
pub(crate) struct WhyNot<'a> {
    /// The protocol.
    pub machine: &'a Machine,
    /// Its files.
    pub sources: &'a SourceSet,
    /// The strings of the case.
    pub strings: &'a Strings,
    /// The scenario up to the step.
    pub scenario: &'a Scenario,
    /// The step after which it was asked.
    pub step: u32,
    /// The case before the event.
    pub case: &'a Case,
    /// The event.
    pub event: &'a Event,
    /// What the engine says.
    pub explanation: &'a Explanation,
}

/// A condition that was read, and what it read.
pub(crate) struct ConditionSaid {
    pub rule: RuleId,
    pub condition: String,
    pub holds: bool,
    pub read: Vec<(String, String)>,
}

/// Something that was considered.
pub(crate) enum Said {
    Condition(ConditionSaid),
    TimeActed(RuleId, String),
    Required(RuleId, String, bool),
    Chosen(RuleId),
    Clock(RuleId),
}

/// What it came to.
pub(crate) enum CameTo<'a> {
    /// It is allowed, and this would follow.
    Allowed(Vec<String>),
    /// It is refused.
    Refused(&'a Refusal),
    /// It cannot be decided, for this reason.
    Broken(RuleId, String),
}

impl<'a> WhyNot<'a> {
    pub(crate) fn event_name(&self) -> &'a str {
        &self.machine.protocol.events[self.event.kind.index()].name
    }

    /// `agent`, `agent:anna`.
    pub(crate) fn actor(&self) -> String {
        let party = self.machine.protocol.party_name(self.event.actor.party);
        match self.event.actor.person {
            None => party.to_owned(),
            Some(person) => format!("{party}:{}", self.strings.get(person)),
        }
    }

    pub(crate) fn came_to(&self) -> CameTo<'a> {
        match &self.explanation.outcome {
            Ok(decision) => {
                let mut after = self.case.clone();
                decision.facts.iter().for_each(|fact| apply(&mut after, fact));
                let words = |fact| fact_words(self.machine, self.strings, &after, fact);
                CameTo::Allowed(decision.facts.iter().filter_map(words).collect())
            }
            Err(NoDecision::Refused(refusal)) => CameTo::Refused(refusal),
            Err(NoDecision::Faulted(fault)) => {
                CameTo::Broken(fault.rule, fault.kind.sentence(&self.machine.protocol))
            }
        }
    }

    /// The names of what is allowed now, in file order.
    pub(crate) fn allowed(&self, refusal: &Refusal) -> Vec<&'a str> {
        let events = &self.machine.protocol.events;
        refusal.allowed.iter().map(|id| events[id.index()].name.as_str()).collect()
    }

    pub(crate) fn considered(&self) -> Vec<Said> {
        self.explanation.reasons.iter().map(|it| self.said(it)).collect()
    }

    fn said(&self, reason: &Reason) -> Said {
        let protocol = &self.machine.protocol;
        match reason {
            Reason::TimeActed(rule, at) => Said::TimeActed(*rule, spoken(&protocol.zone, *at)),
            Reason::Chosen(rule) => Said::Chosen(*rule),
            Reason::Clock(rule) => Said::Clock(*rule),
            Reason::Required(id, holds) => {
                let condition = &protocol.conditions[id.index()];
                Said::Required(condition.rule, condition.says.clone(), *holds)
            }
            Reason::Condition { rule, holds, parts, read } => {
                let condition = parts.last().map(|(span, _)| self.text(*span)).unwrap_or_default();
                let mut values: Vec<(String, String)> = Vec::new();
                for (variable, value) in read {
                    let pair = (self.name(*variable), self.value(*variable, *value));
                    if !values.contains(&pair) {
                        values.push(pair);
                    }
                }
                Said::Condition(ConditionSaid {
                    rule: *rule,
                    condition,
                    holds: *holds,
                    read: values,
                })
            }
        }
    }

    fn text(&self, span: Span) -> String {
        let text = self.sources.get(span.file).map_or("", |it| it.readable());
        text.get(span.range()).unwrap_or_default().to_owned()
    }

    fn name(&self, id: VariableId) -> String {
        let variable = self.machine.protocol.scope.variable(id);
        variable.map_or_else(String::new, |it| it.name.clone())
    }

    fn value(&self, id: VariableId, value: Value) -> String {
        let scope = &self.machine.protocol.scope;
        let set = match scope.variable(id).map(|it| it.of) {
            Some(Type::Choice(set) | Type::Level(set)) => scope.set(set),
            _ => None,
        };
        match value {
            Value::Unset => "not set".to_owned(),
            Value::Flag(true) => "yes".to_owned(),
            Value::Flag(false) => "no".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Choice(place) => {
                let name = set.and_then(|set| set.name(place));
                name.map_or_else(|| place.to_string(), ToOwned::to_owned)
            }
            Value::Date(on) => on.to_string(),
            Value::Text(text) => format!("\"{}\"", self.strings.get(text)),
            Value::Slot(_) => "(personal)".to_owned(),
        }
    }
}
