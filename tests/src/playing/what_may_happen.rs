//! What is said to be possible is what is decided when somebody then reports it.

use engine::machine::Machine;
use engine::model::{ChannelId, EntryAct, EventId, OfRecord};
use engine::runtime::{
    Context, EntryFault, NoDecision, Persons, RefusalKind, Stance, decide, possible,
};
use engine::scenario::{Happening, Play};

use super::random::{play, told};
use crate::histories::machine;
use crate::random::{Random, seed_from};

const PROTOCOLS: [&str; 5] = ["conditions", "ladder", "entries", "front-desk", "uk-housing-code"];
const MOVES_MAX: usize = 12;
/// How often each answer is tried with other values.
const TRIES: usize = 4;

/// How many times an answer was tried.
#[derive(Default)]
struct Tries {
    all: usize,
    /// Those with an event of a record that is accepted whatever it brings.
    of_entries: usize,
}

/// Tries every answer about a case.
#[track_caller]
fn check(
    machine: &Machine,
    play: &Play<'_>,
    random: &mut Random,
    about: &str,
    n_tries: &mut Tries,
) {
    let (at, context) = (play.ready_at().unwrap(), Context::new(play.strings()));
    for answer in possible(machine, play.case(), at, &context) {
        for may in &answer.parties {
            for _ in 0..TRIES {
                let person = if may.persons == Persons::Others { ":somebody-else" } else { "" };
                let by = format!("{}{person}", machine.protocol.party_name(may.party));
                let Some(was) = tried(machine, play, random, answer.event, by.clone()) else {
                    continue;
                };
                let declared = &machine.protocol.events[answer.event.index()];
                let of_entry = declared.of.is_some() && may.stance == Stance::Allowed;
                n_tries.all += 1;
                n_tries.of_entries += usize::from(of_entry);
                let name = &declared.name;
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
}

/// An entry to which an event may happen: a new one, else one of those that are left. Where none
/// is left, one that is done, or one that there is not.
fn entry(play: &Play<'_>, random: &mut Random, of: OfRecord) -> Option<String> {
    let entries = play.case().entries(of.record);
    let open = |open: bool| -> Vec<&str> {
        let found = entries.iter().filter(|it| !open || it.done_at.is_none());
        found.map(|it| play.strings().get(it.id)).collect()
    };
    let found = match of.act {
        // A play makes one up that is new where none is named.
        EntryAct::Added => return random.one_in(2).then(|| format!("new-{}", entries.len())),
        EntryAct::Changed => random.one_of(&open(false)),
        EntryAct::Done => random.one_of(&open(true)).or_else(|| random.one_of(&open(false))),
    };
    Some(found.unwrap_or("of-nothing").to_owned())
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
    if let Some(of) = declared.of {
        told.entry = entry(play, random, of);
    }
    if declared.written {
        let n_channels = machine.protocol.channels.len();
        let written = (0..n_channels).map(ChannelId::at);
        let written =
            written.map(|id| &machine.protocol.channels[id.index()]).find(|it| it.written);
        told.channel = written.map(|it| it.name.clone());
    }
    let (event, strings) = play.asked(event, Happening::Now, &told).unwrap();
    let was = decide(machine, play.case(), &event, &Context::new(&strings)).map(|_| ());
    // Which entry it is cannot be what it lacks: one to which it may happen is named above.
    let lacks = |kind: &RefusalKind| match kind {
        RefusalKind::Missing(_) => true,
        RefusalKind::Entry(_, fault) => {
            matches!(fault, EntryFault::Missing(_) | EntryFault::Nothing)
        }
        _ => false,
    };
    let is_short = matches!(&was, Err(NoDecision::Refused(it)) if lacks(&it.kind));
    (!is_short).then_some(was)
}

#[test]
fn what_is_said_to_be_possible_is_what_is_decided() {
    let seed = seed_from("PLAYS_SEED", 77);
    let n_plays = seed_from("PLAYS", 25);
    for name in PROTOCOLS {
        let machine = machine(name);
        let mut n_tries = Tries::default();
        for n in 0..n_plays {
            let seed = seed.wrapping_add(n);
            let mut random = Random::new(seed);
            let played = play(&machine, &mut random, MOVES_MAX);
            let about = format!("{name}, PLAYS_SEED={seed}");
            check(&machine, &played, &mut random, &about, &mut n_tries);
        }
        let Tries { all, of_entries } = n_tries;
        assert!(all > 1_000, "{name}: {all} tries are too few to say anything");
        let has_records = !machine.protocol.records.is_empty();
        assert!(!has_records || of_entries > 100, "{name}: {of_entries} tries of entries");
    }
}
