//! What the protocol says against an event.

use engine::machine::Machine;
use engine::model::RuleId;
use engine::runtime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rule of a protocol: where it stands and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The path of the entry in the protocol.
    #[schema(example = "deadlines.answer")]
    pub path: String,
    /// Its file and line.
    #[schema(example = "protocol.toml:214")]
    pub place: String,
    /// The legal source; left out where nobody stated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether nobody on the team has read that source.
    pub unverified: bool,
}

/// The refusal of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The event that was refused.
    pub event: String,
    /// The name of the reason: that of a condition, a stop or a deadline, or a word such as
    /// `role`.
    pub reason: String,
    /// What stands against it, and by which rule.
    pub against: Vec<Against>,
    /// The events that the stage takes now.
    pub allowed: Vec<String>,
}

/// One thing that stands against an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// What it says, as a sentence.
    pub says: String,
    /// The rule that says it.
    pub rule: Rule,
}

/// The rule with a number.
#[must_use]
pub fn rule(machine: &Machine, id: RuleId) -> Rule {
    let rule = machine.protocol.rule(id);
    Rule {
        path: rule.path.clone(),
        place: rule.place.clone(),
        source: rule.source.clone(),
        unverified: rule.unverified,
    }
}

/// A refusal in the words of the protocol that refuses.
#[must_use]
pub fn refusal(machine: &Machine, refusal: &runtime::Refusal) -> Refusal {
    let name = |id: engine::model::EventId| {
        machine.protocol.events.get(id.index()).map_or(String::new(), |it| it.name.clone())
    };
    let rules = refusal.rules(machine);
    let against = refusal.sentences(machine).into_iter().enumerate().map(|(place, says)| {
        // A sentence without a rule of its own is of the rule of the refusal.
        let id = rules.get(place).copied().unwrap_or(refusal.rule);
        Against { says, rule: rule(machine, id) }
    });
    Refusal {
        event: name(refusal.event),
        reason: refusal.name(machine).to_owned(),
        against: against.collect(),
        allowed: refusal.allowed.iter().map(|id| name(*id)).collect(),
    }
}
