//! The parts of a set see each other: cases of one person under several versions of a protocol.

use engine::runtime::{CaseKey, Seen, seen_by, stop_seen_by};

use crate::keeper::set::{Held, WorkingSet};

/// Lets one part see what all others have become. A set with one part has nothing to see.
pub(crate) fn look_around(set: &mut WorkingSet, place: usize) {
    if set.parts.len() < 2 {
        return;
    }
    let others: Vec<_> = set.parts.iter().enumerate().filter(|(at, _)| *at != place).collect();
    let Some(part) = set.parts.get(place) else { return };
    let mut part = part.clone();
    for (_, other) in others {
        let machine = &part.loaded.machine;
        for stream in &other.streams {
            match stream.held {
                Held::Case(key) => {
                    let from = &other.loaded.machine;
                    let case = &other.register[key].case;
                    let seen = Seen { machine: from, strings: &other.strings, case };
                    let case = seen_by(machine, &mut part.strings, seen);
                    match part.seen_cases.get(&stream.id) {
                        Some(key) => part.register.see(*key, case),
                        None => {
                            let name = stream.id.to_string();
                            let key = part.register.add_seen(machine, &name, case);
                            part.seen_cases.insert(stream.id, key);
                        }
                    }
                }
                Held::Stop(key) => {
                    let Some(held) = other.register.stop(key) else { continue };
                    let on = stream.on.and_then(|on| part.seen_cases.get(&on).copied());
                    let from = (&other.loaded.machine, &other.strings);
                    let seen = stop_seen_by(
                        machine,
                        &mut part.strings,
                        from,
                        &held.stream,
                        on.unwrap_or(CaseKey::at(usize::MAX)),
                    );
                    let Some(seen) = seen else { continue };
                    match part.seen_stops.get(&stream.id) {
                        Some(key) => part.register.see_stop(*key, seen, held),
                        None => {
                            let key = part.register.add_seen_stop(seen, held);
                            part.seen_stops.insert(stream.id, key);
                        }
                    }
                }
            }
        }
    }
    if let Some(slot) = set.parts.get_mut(place) {
        *slot = part;
    }
}
