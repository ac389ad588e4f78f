//! Who acts in a random event, and what it brings.

use engine::model::{Doer, EntryAct, EventId, Field, FieldKind, OfRecord, Party, Protocol};
use engine::runtime::Given;
use engine::time::Instant;

use super::world::World;
use crate::random::Random;

/// Somebody by the name of the party.
pub(crate) struct Somebody {
    pub(crate) party: String,
}

/// One of those who may, or in one of `n` draws anybody.
pub(crate) fn party(world: &World<'_>, random: &mut Random, may: &[Doer], n: usize) -> Somebody {
    let protocol = &world.machine.protocol;
    let rung = protocol.ladder.get(world.case.rung.index());
    let handler = rung.map(|it| Party::Role(it.handled_by));
    let owner = match protocol.stages[world.case.stage.index()].owner {
        Some(Doer::Party(party)) => Some(party),
        Some(Doer::Handler) => handler,
        _ => None,
    };
    let meant = random.one_of(may).and_then(|doer| match doer {
        Doer::Party(party) => Some(party),
        Doer::Handler => handler,
        Doer::Owner => owner,
    });
    let deputy = match meant {
        Some(Party::Role(role)) => protocol.roles[role.index()].deputy.map(Party::Role),
        _ => None,
    };
    let chosen = match (random.below(n), deputy) {
        (0, _) => None,
        (1 | 2, Some(deputy)) => Some(deputy),
        _ => meant,
    };
    let name =
        chosen.map_or_else(|| anybody(protocol, random), |it| protocol.party_name(it).to_owned());
    Somebody { party: name }
}

fn anybody(protocol: &Protocol, random: &mut Random) -> String {
    let roles = protocol.roles.iter().map(|it| it.name.clone());
    let all: Vec<String> = roles.chain(Party::built_in_names().map(str::to_owned)).collect();
    all[random.below(all.len())].clone()
}

/// The party, and often a person.
pub(crate) fn person(random: &mut Random, somebody: &Somebody) -> String {
    match random.below(5) {
        0 | 1 => somebody.party.clone(),
        2 => format!("{}:anna", somebody.party),
        3 => format!("{}:bob", somebody.party),
        _ => format!("{}:{}1", somebody.party, somebody.party),
    }
}

/// What an event brings: what it must, mostly; what it may, often; what it may not, rarely.
pub(crate) fn carried(
    world: &World<'_>,
    random: &mut Random,
    event: EventId,
    at: Instant,
) -> Vec<(String, Given)> {
    let protocol = &world.machine.protocol;
    let carries = &protocol.events[event.index()].carries;
    let mut out = Vec::new();
    for (place, field) in protocol.fields.iter().enumerate() {
        let brings = match carries.iter().find(|it| it.field.index() == place) {
            Some(it) if it.required => !random.one_in(20),
            Some(_) => random.one_in(2),
            None => random.one_in(60),
        };
        if brings {
            out.push((field.name.clone(), value(protocol, field, random, at)));
        }
    }
    out
}

/// Which entry of a record an event is about, and what it brings to it: mostly what it may.
pub(crate) fn entry(
    world: &World<'_>,
    random: &mut Random,
    of: OfRecord,
    at: Instant,
) -> (String, Vec<(String, Given)>) {
    let protocol = &world.machine.protocol;
    let n_entries = world.case.entries(of.record).len();
    let fresh = of.act == EntryAct::Added && !random.one_in(12);
    let number = if fresh { n_entries } else { random.below(n_entries + 1) };
    let record = &protocol.records[of.record.index()];
    let mut data = Vec::new();
    for it in &record.fields {
        let brings = match of.act {
            EntryAct::Added if it.field.required => !random.one_in(25),
            EntryAct::Added => random.one_in(2),
            EntryAct::Changed if it.changes => random.one_in(2),
            EntryAct::Changed | EntryAct::Done => random.one_in(40),
        };
        if brings {
            data.push((it.field.name.clone(), value(protocol, &it.field, random, at)));
        }
    }
    (format!("n{number}"), data)
}

fn value(protocol: &Protocol, field: &Field, random: &mut Random, at: Instant) -> Given {
    if field.personal {
        return Given::Slot(format!("slot-{}", random.below(3)));
    }
    let amounts = [0, 1, 11, 15, 25, 51, 60, 120, 160, 2_000];
    match &field.kind {
        FieldKind::Text => Given::Text(["", "parcel", "noise"][random.below(3)].to_owned()),
        FieldKind::File => Given::Text(format!("sha256:{}", "0a".repeat(32))),
        FieldKind::Number | FieldKind::Money(_) => {
            Given::Number(random.one_of(&amounts).unwrap().into())
        }
        FieldKind::Flag => Given::Flag(random.one_in(2)),
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            let names = &protocol.scope.set(*set).unwrap().names;
            Given::Text(names[random.below(names.len())].clone())
        }
        FieldKind::Date => {
            let today = protocol.zone.civil(at).date();
            let n_days = [0, 1, 2, 3, 5, 8, 13, 21, 40];
            let days = chrono::Days::new(random.one_of(&n_days).unwrap());
            Given::Date(if random.one_in(4) { today - days } else { today + days })
        }
    }
}
