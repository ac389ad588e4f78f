//! Why an event is refused, for programs.

use serde::Serialize;

use crate::render::rule_json::{RuleWire, rule};
use crate::render::why_not::said::{CameTo, Said};
use crate::render::{WhyNot, rfc3339};

/// Raised whenever a name below changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Answer<'a> {
    schema_version: u32,
    scenario: &'a str,
    step: u32,
    at: String,
    event: &'a str,
    by: String,
    allowed: bool,
    refusal: Option<RefusalWire<'a>>,
    fault: Option<FaultWire<'a>>,
    would_follow: Vec<String>,
    considered: Vec<SaidWire<'a>>,
}

#[derive(Serialize)]
struct RefusalWire<'a> {
    name: &'a str,
    sentences: Vec<String>,
    rule: RuleWire<'a>,
    allowed_now: Vec<&'a str>,
}

#[derive(Serialize)]
struct FaultWire<'a> {
    why: String,
    rule: RuleWire<'a>,
}

/// Something considered; `what` says which, and what is not of its kind is left out.
#[derive(Serialize)]
struct SaidWire<'a> {
    what: &'static str,
    rule: RuleWire<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    read: Vec<ReadWire>,
}

#[derive(Serialize)]
struct ReadWire {
    name: String,
    value: String,
}

/// One JSON object, with a line break at its end.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn why_not_json(it: &WhyNot<'_>) -> serde_json::Result<String> {
    let mut answer = Answer {
        schema_version: SCHEMA_VERSION,
        scenario: &it.scenario.path,
        step: it.step,
        at: rfc3339(&it.machine.protocol.zone, it.event.at),
        event: it.event_name(),
        by: it.actor(),
        allowed: false,
        refusal: None,
        fault: None,
        would_follow: Vec::new(),
        considered: it.considered().into_iter().map(|said| wire(it, said)).collect(),
    };
    match it.came_to() {
        CameTo::Allowed(follows) => {
            answer.allowed = true;
            answer.would_follow = follows;
        }
        CameTo::Refused(refusal) => {
            answer.refusal = Some(RefusalWire {
                name: refusal.name(it.machine),
                sentences: refusal.sentences(it.machine),
                rule: rule(it.machine, refusal.rule),
                allowed_now: it.allowed(refusal),
            });
        }
        CameTo::Broken(id, why) => {
            answer.fault = Some(FaultWire { why, rule: rule(it.machine, id) });
        }
    }
    serde_json::to_string_pretty(&answer).map(|text| text + "\n")
}

fn wire<'a>(it: &WhyNot<'a>, said: Said) -> SaidWire<'a> {
    let of = |what, id| SaidWire {
        what,
        rule: rule(it.machine, id),
        condition: None,
        holds: None,
        at: None,
        read: Vec::new(),
    };
    match said {
        Said::TimeActed(id, at) => SaidWire { at: Some(at), ..of("time_acts_first", id) },
        Said::Chosen(id) => of("chosen", id),
        Said::Clock(id) => of("clock", id),
        Said::Required(id, says, holds) => {
            SaidWire { condition: Some(says), holds: Some(holds), ..of("required", id) }
        }
        Said::Condition(said) => SaidWire {
            condition: Some(said.condition),
            holds: Some(said.holds),
            read: said.read.into_iter().map(|(name, value)| ReadWire { name, value }).collect(),
            ..of("condition", said.rule)
        },
    }
}
