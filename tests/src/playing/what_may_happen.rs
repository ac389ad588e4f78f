//! What is said to be possible is what is decided when somebody then reports it.

use engine::machine::Machine;
use engine::model::{ChannelId, EventId};
use engine::runtime::{Context, NoDecision, Persons, RefusalKind, Stance, decide, possible};
use engine::scenario::{Happening, Play};

use super::random::{play, told};
use crate::histories::machine;
use crate::random::{Random, seed_from};

const PROTOCOLS: [&str; 4] = ["conditions", "ladder", "front-desk", "uk-housing-code"];
const MOVES_MAX: usize = 12;
/// How often each answer is tried with other values.
const TRIES: usize = 4;

/// Tries every answer about a case; how many times it was tried.
#[track_caller]
fn check(machine: &Machine, play: &Play<'_>, random: &mut Random, about: &str) -> usize {
    let (at, context) = (play.ready_at().unwrap(), Context::new(play.strings()));
    let mut n_tries = 0;
    for answer in possible(machine, play.case(), at, &context) {
        for may in &answer.parties {
            for _ in 0..TRIES {
                let person = if may.persons == Persons::Others { ":somebody-else" } else { "" };
                let by = format!("{}{person}", machine.protocol.party_name(may.party));
                let Some(was) = tried(machine, play, random, answer.event, by.clone()) else {
                    continue;
                };
                n_tries += 1;
                let name = &machine.protocol.events[answer.event.index()].name;
                let is_so = match &may.stance {
                    Stance::Allowed => was.is_ok(),
                    Stance::Refused(_) => matches!(was, Err(NoDecision::Refused(_))),
                    Stance::Faulted(_) => matches!(was, Err(NoDecision::Faulted(_))),
                    Stance::Depends(_) => true,
                };
                assert!(is_so, "{about}: {name} by {by}: {:?}, was {was:?}", may.stance);
            }
        }
    }
    n_tries
}

/// What is decided on an event that brings all it must; nothing where the values drawn do not.
fn tried(
    machine: &Machine,
    play: &Play<'_>,
    random: &mut Random,
    event: EventId,
    by: String,
) -> Option<Result<(), NoDecision>> {
    // A correction names an earlier event, and a play has no words for that.
    if machine.protocol.corrected() == Some(event) {
        return None;
    }
    let declared = &machine.protocol.events[event.index()];
    let mut told = told(machine, random, event, play.now().unwrap());
    told.respondent = None;
    told.by = Some(by);
    told.reason = Some("because".to_owned());
    if declared.written {
        let n_channels = machine.protocol.channels.len();
        let written = (0..n_channels).map(ChannelId::at);
        let written =
            written.map(|id| &machine.protocol.channels[id.index()]).find(|it| it.written);
        told.channel = written.map(|it| it.name.clone());
    }
    let (event, strings) = play.asked(event, Happening::Now, &told).unwrap();
    let was = decide(machine, play.case(), &event, &Context::new(&strings)).map(|_| ());
    let lacks =
        |kind: &RefusalKind| matches!(kind, RefusalKind::Missing(_) | RefusalKind::Entry(_, _));
    let is_short = matches!(&was, Err(NoDecision::Refused(it)) if lacks(&it.kind));
    (!is_short).then_some(was)
}

#[test]
fn what_is_said_to_be_possible_is_what_is_decided() {
    let seed = seed_from("PLAYS_SEED", 77);
    let n_plays = seed_from("PLAYS", 25);
    for name in PROTOCOLS {
        let machine = machine(name);
        let mut n_tries = 0;
        for n in 0..n_plays {
            let seed = seed.wrapping_add(n);
            let mut random = Random::new(seed);
            let played = play(&machine, &mut random, MOVES_MAX);
            n_tries += check(&machine, &played, &mut random, &format!("{name}, PLAYS_SEED={seed}"));
        }
        assert!(n_tries > 1_000, "{name}: {n_tries} tries are too few to say anything");
    }
}
