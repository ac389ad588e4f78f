//! What may be reported now, and by whom.

use crate::wire::{Refusal, refusal};
use engine::machine::Machine;
use engine::model::{Doer, EventId};
use engine::runtime::{Hinge, May, Persons, Possible, Stance};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a case takes now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// Every event of the protocol, in the order of its file.
    pub events: Vec<MayEvent>,
}

/// An event, and who may report it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MayEvent {
    /// The event.
    pub event: String,
    /// Its name for people.
    pub title: String,
    /// Whether a role of this token may report it now, if it brings what it must.
    pub yours: bool,
    /// Everybody who may; empty where nobody may.
    pub by: Vec<MayParty>,
    /// The roles that may enter it for somebody else; `@handler` and `@owner` are named as they
    /// stand in the protocol.
    pub entered_by: Vec<String>,
    /// The fields that it must bring.
    pub must_bring: Vec<String>,
    /// The fields that it may bring.
    pub may_bring: Vec<String>,
    /// What stands against it, where nobody may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// Somebody who may report an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MayParty {
    /// The role, or `complainant`, `respondent`, `system`.
    pub party: String,
    /// Whether only a named person may who is not barred by what happened in the case.
    pub named: bool,
    /// On what it depends: the names of fields, `channel` or `entry`; empty where it is allowed
    /// whatever it brings.
    pub depends_on: Vec<String>,
}

/// What a case takes now, for somebody in these roles.
#[must_use]
pub fn allowed(machine: &Machine, possible: &[Possible], roles: &[String]) -> Allowed {
    Allowed { events: possible.iter().filter_map(|it| event(machine, it, roles)).collect() }
}

fn event(machine: &Machine, possible: &Possible, roles: &[String]) -> Option<MayEvent> {
    let protocol = &machine.protocol;
    let declared = protocol.events.get(EventId::index(possible.event))?;
    let by: Vec<MayParty> = possible.open_to().map(|it| party(machine, it)).collect();
    let brings = protocol.brings(declared);
    let fields = |must: bool| {
        let those = brings.iter().filter(|(_, required)| *required == must);
        those.map(|(field, _)| field.name.clone()).collect()
    };
    Some(MayEvent {
        event: declared.name.clone(),
        title: declared.title.clone(),
        yours: by.iter().any(|it| roles.contains(&it.party)),
        by,
        entered_by: declared.entered_by.iter().map(|it| doer(machine, *it)).collect(),
        must_bring: fields(true),
        may_bring: fields(false),
        refusal: possible.closed_by().map(|it| refusal(machine, it)),
    })
}

fn party(machine: &Machine, may: &May) -> MayParty {
    let depends_on = match &may.stance {
        Stance::Depends(hinges) => hinges.iter().map(|it| hinge(machine, *it)).collect(),
        Stance::Allowed | Stance::Refused(_) | Stance::Faulted(_) => Vec::new(),
    };
    MayParty {
        party: machine.protocol.party_name(may.party).to_owned(),
        named: may.persons == Persons::Others,
        depends_on,
    }
}

fn hinge(machine: &Machine, hinge: Hinge) -> String {
    match hinge {
        Hinge::Field(id) => {
            machine.protocol.fields.get(id.index()).map_or(String::new(), |it| it.name.clone())
        }
        Hinge::Channel => "channel".to_owned(),
        Hinge::Entry => "entry".to_owned(),
    }
}

fn doer(machine: &Machine, doer: Doer) -> String {
    match doer {
        Doer::Party(party) => machine.protocol.party_name(party).to_owned(),
        Doer::Handler => "@handler".to_owned(),
        Doer::Owner => "@owner".to_owned(),
    }
}
