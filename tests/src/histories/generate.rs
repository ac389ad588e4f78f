//! Random histories: mostly sensible events, sometimes nonsense; time in jumps from minutes to
//! months, often exactly to a due instant or the millisecond after it.

use engine::model::{BuiltIn, EventId, Protocol};
use engine::runtime::{Report, ReportedAt, allowed, next_due};
use engine::time::Instant;

use super::given::{carried, entry, party, person};
use super::world::{Step, World};
use crate::random::Random;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2026-01-01T00:00Z. Histories begin in 2026.
const BEGIN: i64 = 1_767_225_600_000;

/// The next step of a history.
pub(crate) fn next(world: &World<'_>, random: &mut Random, number: usize) -> Step {
    if number == 0 {
        let at = BEGIN + i64::try_from(random.below(360 * 24 * 60)).unwrap() * MINUTE;
        return Step::Report(Box::new(report(
            world,
            random,
            EventId::OPENED,
            Instant::from_ms(at),
            number,
        )));
    }
    let at = later(world, random);
    if random.one_in(7) {
        return Step::Wake(at);
    }
    let may = allowed(world.machine, &world.case);
    let n_events = world.machine.protocol.events.len();
    let event = match random.one_of(&may) {
        Some(event) if !random.one_in(9) => event,
        _ => EventId::at(random.below(n_events)),
    };
    // What is corrected lies in a record; `late_read` has one.
    let event = if Some(event) == world.machine.protocol.corrected() { EventId(1) } else { event };
    Step::Report(Box::new(report(world, random, event, at, number)))
}

fn later(world: &World<'_>, random: &mut Random) -> Instant {
    let now = world.case.last_at.ms().max(BEGIN);
    let random_ms = |random: &mut Random, most: i64| {
        i64::try_from(random.below(usize::try_from(most).unwrap())).unwrap()
    };
    let next = next_due(&world.case);
    let dues: Vec<Instant> = world
        .case
        .clocks
        .iter()
        .filter(|it| it.is_open())
        .filter_map(|it| it.times.due)
        .filter(|it| it.ms() >= now)
        .collect();
    let at = match (random.below(12), next) {
        (0, _) => now,
        (1, _) => now + random_ms(random, 90) * MINUTE,
        (2, _) => now + random_ms(random, 10 * HOUR),
        (3 | 4, _) => now + random_ms(random, 3 * 24) * HOUR,
        (5, _) => now + random_ms(random, 14) * DAY,
        (6, _) if random.one_in(3) => now + random_ms(random, 90 * DAY),
        (7, Some(next)) => next.ms() - 1,
        (8, Some(next)) => next.ms(),
        (9, _) if !dues.is_empty() => random.one_of(&dues).unwrap().ms(),
        (10, _) if !dues.is_empty() => random.one_of(&dues).unwrap().ms() + 1,
        (11, _) if random.one_in(4) => now - random_ms(random, 5 * DAY),
        _ => now + random_ms(random, 30 * HOUR),
    };
    Instant::from_ms(at)
}

fn report(
    world: &World<'_>,
    random: &mut Random,
    event: EventId,
    at: Instant,
    number: usize,
) -> Report {
    let protocol = &world.machine.protocol;
    let declared = &protocol.events[event.index()];
    let by = party(world, random, &declared.by, 12);
    let for_somebody = by.party == "complainant" && random.one_in(2) || random.one_in(25);
    let clerk = party(world, random, &declared.entered_by, 12);
    let entered_by = for_somebody.then(|| person(random, &clerk));
    let date_only = number > 0 && random.one_in(15);
    let recorded_at = match random.below(16) {
        0 => Instant::from_ms(at.ms() + DAY * 6),
        1 => Instant::from_ms(at.ms() + HOUR * 30),
        2 if random.one_in(3) => Instant::from_ms(at.ms() - 1),
        3 if random.one_in(3) => Instant::from_ms(at.ms() + DAY * 40),
        _ => at,
    };
    let channel = match random.below(protocol.channels.len() + 1) {
        0 if !declared.written => None,
        place => protocol.channels.get(place).or(protocol.channels.last()),
    };
    // Only what knows such things draws lots for them, so that the other histories stay the same.
    let mut lot = |of: bool, n: usize| of && random.below(n) > 0;
    let built_in = declared.built_in;
    let names_a_case = lot(built_in.is_some_and(BuiltIn::names_a_case), 12);
    let fails = lot(built_in == Some(BuiltIn::LetterFailed), 12);
    let knows_kinds = !protocol.intake.is_empty();
    let says_who = lot(knows_kinds && (number == 0 || built_in == Some(BuiltIn::Converted)), 3);
    let letter = fails.then(|| protocol.letters.get(random.below(protocol.letters.len().max(1))));
    let letter = letter.flatten();
    let n_kinds = protocol.intake.len();
    let kind = (knows_kinds && number == 0).then(|| random.below(n_kinds + 1));
    let kind = kind.and_then(|it| protocol.intake.get(it));
    let wants_reason = declared.reason && !random.one_in(12) || random.one_in(20);
    let (entry, data) = match declared.of {
        Some(of) => {
            let (entry, data) = entry(world, random, of, at);
            (Some(entry), data)
        }
        None => (None, carried(world, random, event, at)),
    };
    let by = person(random, &by);
    Report {
        at: match date_only {
            true => ReportedAt::Date(protocol.zone.civil(at).date()),
            false => ReportedAt::Instant(at),
        },
        entered_by,
        channel: channel.map(|it| it.name.clone()),
        data,
        entry,
        reason: wants_reason.then(|| "because".to_owned()),
        complainant: says_who.then(|| "eva".to_owned()),
        respondent: (number == 0 && random.one_in(2)).then(|| "bob".to_owned()),
        stops: in_force(protocol, random),
        case: names_a_case.then(|| format!("2026-{number}")),
        letter: letter.map(|it| it.name.clone()),
        intake: kind.map(|it| it.name.clone()),
        ..Report::new(format!("e{number}"), declared.name.as_str(), recorded_at, by)
    }
}

/// Some of the stops, where the protocol has any.
fn in_force(protocol: &Protocol, random: &mut Random) -> Vec<String> {
    let stops = protocol.stops.iter();
    stops.filter(|_| random.one_in(2)).map(|it| it.name.clone()).collect()
}
