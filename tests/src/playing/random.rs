//! Random plays: mostly sensible events, some nonsense, some steps back.

use engine::machine::Machine;
use engine::model::{EventId, Field, FieldKind, Party};
use engine::runtime::{Context, Given, ReportedAt, possible};
use engine::scenario::{Happening, Play, Told};
use engine::time::{Instant, Term, Unit};

use crate::random::Random;

/// 2026-01-01T00:00Z. Plays begin in 2026.
const BEGIN: i64 = 1_767_225_600_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

const TEXTS: [&str; 7] = [
    "late parcel",
    "she said \"no\" \\ and left",
    "line\nline\ttab",
    "naïve – 😀",
    "",
    "# not a comment = { }",
    "'''\"\"\"",
];

/// Plays so many moves of a case.
pub(crate) fn play<'m>(machine: &'m Machine, random: &mut Random, n_moves: usize) -> Play<'m> {
    let mut play = Play::new(machine);
    while play.n_steps() == 0 {
        let at = Instant::from_ms(BEGIN + random_ms(random, 300 * DAY) / MINUTE * MINUTE);
        let told = told(machine, random, EventId::OPENED, at);
        let at = match random.one_in(5) {
            true => ReportedAt::Date(machine.protocol.zone.civil(at).date()),
            false => ReportedAt::Instant(at),
        };
        // An opening that is refused is tried again, with other values.
        let _ = play.open(at, None, &told);
    }
    for _ in 0..n_moves {
        step(machine, random, &mut play);
    }
    play
}

fn random_ms(random: &mut Random, most: i64) -> i64 {
    i64::try_from(random.below(usize::try_from(most).unwrap())).unwrap()
}

/// One move. What cannot be played changes nothing, so that its answer is not asked for.
fn step(machine: &Machine, random: &mut Random, play: &mut Play<'_>) {
    let now = play.now().unwrap();
    match random.below(12) {
        0 | 1 => drop(play.advance().map(|_| ())),
        2 | 3 => {
            let unit = random.one_of(&Unit::ALL).unwrap();
            let amount = if unit == Unit::Years { 1 } else { 1 + random.below(9) };
            let amount = u32::try_from(amount).unwrap();
            drop(play.wait(Term { amount, unit }).map(|_| ()));
        }
        4 => {
            let to = Instant::from_ms((now.ms() + random_ms(random, 40 * DAY)) / MINUTE * MINUTE);
            let at = match random.one_in(3) {
                true => ReportedAt::Date(machine.protocol.zone.civil(to).date()),
                false => ReportedAt::Instant(to),
            };
            drop(play.go_to(at).map(|_| ()));
        }
        5 if random.one_in(3) && play.n_steps() > 1 => drop(play.undo()),
        _ => report(machine, random, play, now),
    }
}

fn report(machine: &Machine, random: &mut Random, play: &mut Play<'_>, now: Instant) {
    let context = Context::new(play.strings());
    let at = play.ready_at().unwrap();
    let all = possible(machine, play.case(), at, &context);
    let open: Vec<(EventId, Party)> =
        all.iter().flat_map(|it| it.open_to().map(|may| (it.event, may.party))).collect();
    let n_events = machine.protocol.events.len();
    let (event, party) = match random.one_of(&open) {
        Some(found) if !random.one_in(8) => (found.0, Some(found.1)),
        _ => (EventId::at(random.below(n_events)), None),
    };
    let mut told = told(machine, random, event, now);
    told.by = party.map(|it| {
        let name = machine.protocol.party_name(it).to_owned();
        let persons = ["", ":anna", ":bo", ":chris"];
        format!("{name}{}", random.one_of(&persons).unwrap())
    });
    let when = match random.below(8) {
        0 => {
            let at = Instant::from_ms(now.ms() + random_ms(random, 4 * DAY) - 2 * DAY);
            Happening::At(ReportedAt::Instant(at))
        }
        1 => Happening::At(ReportedAt::Date(machine.protocol.zone.civil(now).date())),
        _ => Happening::Now,
    };
    drop(play.report(event, when, &told).map(|_| ()));
}

/// What an event brings: what it must, mostly, and often what it may.
pub(crate) fn told(machine: &Machine, random: &mut Random, event: EventId, at: Instant) -> Told {
    let protocol = &machine.protocol;
    let declared = &protocol.events[event.index()];
    let mut data = Vec::new();
    for (field, required) in protocol.brings(declared) {
        let brings = if required { !random.one_in(25) } else { random.one_in(2) };
        if brings {
            data.push((field.name.clone(), value(machine, random, field, at)));
        }
    }
    let channels: Vec<&str> = protocol.channels.iter().map(|it| it.name.as_str()).collect();
    let says = |random: &mut Random| random.one_of(&TEXTS).map(ToOwned::to_owned);
    Told {
        channel: random.one_of(&channels).map(ToOwned::to_owned).filter(|_| random.one_in(2)),
        data,
        entry: (declared.of.is_some() && random.one_in(2)).then(|| format!("n{}", random.below(4))),
        reason: says(random).filter(|_| declared.reason || random.one_in(5)),
        respondent: (event == EventId::OPENED && random.one_in(3)).then(|| "bo".to_owned()),
        ..Told::default()
    }
}

fn value(machine: &Machine, random: &mut Random, field: &Field, at: Instant) -> Given {
    let amounts = ["0", "1", "50", "51.50", "1000.01", "-3", "79228162514264337593543950335"];
    match &field.kind {
        _ if field.personal => Given::Text("J. de Vries".to_owned()),
        FieldKind::Text => Given::Text(random.one_of(&TEXTS).unwrap().to_owned()),
        FieldKind::File => Given::Text(format!("sha256:{}", "0a".repeat(32))),
        FieldKind::Number | FieldKind::Money(_) => {
            Given::Number(random.one_of(&amounts).unwrap().parse().unwrap())
        }
        FieldKind::Flag => Given::Flag(random.one_in(2)),
        FieldKind::Choice(set) | FieldKind::Role(set) => {
            let names = &machine.protocol.scope.set(*set).unwrap().names;
            Given::Text(names[random.below(names.len())].clone())
        }
        FieldKind::Date => {
            let days = chrono::Days::new(u64::try_from(random.below(40)).unwrap());
            Given::Date(machine.protocol.zone.civil(at).date() + days)
        }
    }
}
