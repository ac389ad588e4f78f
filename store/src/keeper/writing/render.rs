//! What came of an order, for the one who makes the answer.

use std::borrow::Cow;

use engine::runtime::{Decision, Taken};
use engine::time::Instant;

use crate::cases::{Change, Failure, Standing, StreamId};
use crate::keeper::set::{Held, Part};
use crate::keeper::writing::decide::{Spot, lost};
use crate::keeper::writing::standing::{duties, standing, state};
use crate::keeper::{Accepted, NotDecided, Order, Outcome, Reply, Scene, Stopped};

/// The answer to an order.
pub(crate) fn reply(order: &Order, outcome: &Outcome<'_>, case: Option<(StreamId, u32)>) -> Reply {
    let (status, body) = (order.render)(outcome);
    Reply { status, body, is_replayed: false, case }
}

/// The answer where a case was not opened.
pub(super) fn not_opened(order: &Order, part: &Part, taken: &Taken) -> Reply {
    match &taken.why.outcome {
        Err(none) => {
            let (machine, strings) = (&part.loaded.machine, &part.strings);
            let why = &taken.why;
            let outcome =
                Outcome::NotDecided(NotDecided { scene: None, machine, strings, why, none });
            reply(order, &outcome, None)
        }
        Ok(_) => reply(order, &Outcome::NoCase, None),
    }
}

/// The answer where there is a case. `written` is what is about to be written for the order: how
/// the case stands is taken from there where it stands there.
pub(super) fn rendered(
    order: &Order,
    part: &Part,
    spot: Spot,
    (taken, secret): (&Taken, Option<&str>),
    (recorded_at, written): (Instant, &[Change]),
) -> Result<Reply, Failure> {
    let stream = part.stream(Held::Case(spot.key)).ok_or_else(lost)?;
    let (machine, case) = state(part, stream).ok_or_else(lost)?;
    let is_last =
        |it: &&Change| (it.decided.stream, it.decided.version) == (stream.id, stream.version);
    let standing: Cow<'_, Standing> = match written.iter().find(is_last) {
        Some(change) => Cow::Borrowed(&change.standing),
        None => Cow::Owned(standing(part, stream, &duties(machine, case)).ok_or_else(lost)?),
    };
    let scene = Scene {
        protocol: (&part.loaded.id, part.loaded.hash),
        machine,
        strings: &part.strings,
        id: spot.id,
        case,
        standing: &standing,
        recorded_at,
    };
    let stop = taken.stop.and_then(|key| stopped(part, Held::Stop(key)));
    let version = Some((spot.id, stream.version));
    if let Err(none) = &taken.why.outcome {
        let own = stop.map_or(machine, |it| it.machine);
        let not = NotDecided {
            scene: Some(scene),
            machine: own,
            strings: &part.strings,
            why: &taken.why,
            none,
        };
        return Ok(reply(order, &Outcome::NotDecided(not), version));
    }
    let follows = taken.followed.events.iter().filter_map(|(_, key, why)| {
        let decision: &Decision = why.outcome.as_ref().ok()?;
        Some((stopped(part, Held::Stop(*key))?, decision))
    });
    let follows: Vec<_> = follows.collect();
    let accepted = Accepted { scene, why: &taken.why, stop, follows: &follows, secret };
    Ok(reply(order, &Outcome::Accepted(accepted), version))
}

/// A stop of the part. In a dry run one that begins has no stream: its id is all zeros.
fn stopped(part: &Part, held: Held) -> Option<Stopped<'_>> {
    let Held::Stop(key) = held else { return None };
    let stream = &part.register.stop(key)?.stream;
    Some(Stopped {
        id: part.stream(held).map_or(StreamId([0; 16]), |it| it.id),
        name: part.stop_name(stream.stop),
        machine: part.loaded.machine.stop(stream.stop)?,
        case: &stream.case,
    })
}
