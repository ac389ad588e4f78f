//! Random histories of protocols that guarantee something: the guarantees are watched alike however
//! often somebody looks and in whatever order things become known, and they change nothing else.

use std::collections::BTreeSet;

use engine::machine::Machine;
use engine::model::{Point, Protocol};
use engine::runtime::{Fact, FactKind, PromiseState, fold, record};
use engine::text::SourceSet;

use super::agree::{histories, n_histories};
use super::always::equal;
use super::late::told_in_any_order;
use super::time_passes::{ticks, time_acts};
use super::world::{History, PROTOCOLS, Step, World, machine, sources};
use crate::random::Random;

/// How many histories of each protocol are looked at.
const LOOKED_AT: usize = 30;

/// The points of a protocol, as authors write them.
fn points(protocol: &Protocol) -> Vec<String> {
    use engine::model::{DeadlineId, EventId, LetterId, RungId, StageId};
    let events = (0..protocol.events.len()).map(|it| Point::Event(EventId::at(it)));
    let events = events.filter(|it| Some(*it) != protocol.corrected().map(Point::Event));
    let letters = (0..protocol.letters.len()).map(|it| Point::Letter(LetterId::at(it)));
    let stages = (0..protocol.stages.len()).map(|it| Point::Stage(StageId::at(it)));
    let rungs = (1..protocol.ladder.len()).map(|it| Point::Rung(RungId::at(it)));
    let deadlines = protocol.deadlines.iter().enumerate().flat_map(|(at, it)| {
        let id = DeadlineId::at(at);
        let missed = if it.window { Point::Lapse(id) } else { Point::Breach(id) };
        let extended = (!it.extend.is_empty()).then_some(Point::Extended(id));
        let met = (!it.met_by.is_empty()).then_some(Point::Met(id));
        [Some(missed), extended, met].into_iter().flatten()
    });
    let all = events.chain(letters).chain(stages).chain(rungs).chain(deadlines);
    all.map(|it| protocol.point_name(it)).collect()
}

/// A guarantee of each shape that is watched, about anything that the protocol has.
fn guarantees(protocol: &Protocol, random: &mut Random) -> String {
    let points = points(protocol);
    let some = |random: &mut Random| {
        let n = 1 + random.below(3);
        let mut all: Vec<&String> = Vec::new();
        while all.len() < n {
            let point = &points[random.below(points.len())];
            if !all.contains(&point) {
                all.push(point);
            }
        }
        format!("{all:?}")
    };
    let mut text = String::new();
    for number in 0..12 {
        let term = random.one_of(&["1 working day", "4 working days", "30 hours"]).unwrap();
        let from = if random.one_in(2) { "[\"opened\"]".to_owned() } else { some(random) };
        let (one, other) = (some(random), some(random));
        let stage = &protocol.stages[random.below(protocol.stages.len())].name;
        let is = match number % 6 {
            0 => format!("never = {one}\nbefore = {other}"),
            1 => format!("never = {one}\nwhile = 'stage == \"{stage}\"'"),
            2 => format!("never = {one}\nfrom = {from}\nwithin = \"{term}\""),
            3 => format!("never = {one}\nmore_than = {}", random.below(3)),
            _ => format!("from = {from}\nwithin = \"{term}\"\nexpect = {one}"),
        };
        let unless = match random.one_in(2) {
            true => format!("\nunless = {}", some(random)),
            false => String::new(),
        };
        text +=
            &format!("\n[[guarantees]]\nid = \"watched-{number}\"\nsays = \"S\"\n{is}{unless}\n");
    }
    text
}

/// A protocol by its name, with guarantees of its own and random ones besides.
fn guaranteed(name: &str, random: &mut Random) -> Machine {
    let plain = machine(name);
    let all = sources(name);
    let files = all.files().map(|(_, file)| {
        let own = match file.path.as_str() {
            "protocol.toml" => guarantees(&plain.protocol, random),
            _ => String::new(),
        };
        (file.path.clone(), [file.readable().as_bytes(), b"\n", own.as_bytes()].concat())
    });
    let sources = SourceSet::new("", files.collect::<Vec<_>>());
    let (machine, faults) = engine::load(&sources);
    let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
    let mut machine = machine.unwrap_or_else(|| panic!("{name}: {faults:#?}"));
    // How long ago something may be is another matter.
    machine.protocol.backdate = None;
    machine
}

#[track_caller]
fn check(mut property: impl FnMut(&Machine, &Machine, &History) -> Result<(), String>) {
    for protocol in PROTOCOLS {
        let plain = machine(protocol);
        let guaranteed = guaranteed(protocol, &mut Random::new(7));
        for history in histories(protocol, &plain).take(n_histories(LOOKED_AT)) {
            if let Err(why) = property(&plain, &guaranteed, &history) {
                let text = super::written::write(&plain, protocol, &history);
                panic!("{text}\n{why}");
            }
        }
    }
}

#[test]
fn whoever_looks_and_whenever_guarantees_are_the_same() {
    check(|_, machine, history| ticks(machine, history));
    check(|_, machine, history| time_acts(machine, history));
}

#[test]
fn in_whatever_order_things_become_known_guarantees_are_the_same() {
    let mut number = 0;
    let mut withdrawn = 0;
    check(|_, machine, history| {
        number += 1;
        let found = told_in_any_order(machine, history, &mut Random::new(number))?;
        withdrawn += found[0];
        Ok(())
    });
    assert!(withdrawn > 0, "nothing was ever withdrawn");
}

const fn is_of_guarantee(kind: &FactKind) -> bool {
    matches!(kind, FactKind::Promised { .. } | FactKind::Kept { .. } | FactKind::Broken { .. })
}

/// The facts as they are stored, without their numbers and without what guarantees say and tell.
fn others(world: &World<'_>) -> Vec<String> {
    let of_guarantees: BTreeSet<_> =
        world.facts.iter().filter(|it| is_of_guarantee(&it.kind)).map(|it| it.rule).collect();
    let other = world.facts.iter().filter(|it| !of_guarantees.contains(&it.rule));
    let written = |fact: &Fact| {
        let entries = record(world.machine, &world.strings, fact).entries;
        format!("{:?}", &entries[1..])
    };
    other.map(written).collect()
}

#[test]
fn guarantees_change_nothing_but_what_is_said_of_them() {
    let mut kinds = BTreeSet::new();
    let mut compared = 0;
    check(|plain, machine, history| {
        let (mut without, mut with) =
            (World::new(plain, &history.absent), World::new(machine, &history.absent));
        for step in history.steps.iter().filter(|it| matches!(it, Step::Report(_))) {
            // A guarantee that ended has acted at its instant, so that what is reported of that
            // instant comes too late; and how long ago it may be differs.
            if without.go(step) != with.go(step) {
                return Ok(());
            }
        }
        compared += 1;
        equal("the other facts", &others(&without), &others(&with))?;
        equal("folded", &fold(machine, &with.facts), &with.case)?;
        for fact in with.facts.iter().filter(|it| is_of_guarantee(&it.kind)) {
            let promise = match fact.kind {
                FactKind::Promised { guarantee, .. }
                | FactKind::Kept { guarantee }
                | FactKind::Broken { guarantee } => {
                    &machine.protocol.guarantees[usize::from(guarantee.0)].promise
                }
                _ => continue,
            };
            let promise = format!("{promise:?}");
            let shape = promise.split(' ').next().unwrap().to_owned();
            kinds.insert((shape, format!("{:?}", fact.kind).split(' ').next().unwrap().to_owned()));
        }
        let open = with.case.promises.iter().filter(|it| it.state == PromiseState::Open);
        let not_over = open.filter_map(|it| it.due).all(|it| it >= with.case.reported_at);
        equal("what is open is not over", &(not_over || with.case.merged), &true)
    });
    assert!(compared > PROTOCOLS.len() * 10, "{compared}");
    let shapes = ["Within", "Before", "While", "TooSoon", "AtMost"];
    for shape in shapes {
        for kind in ["Promised", "Kept", "Broken"] {
            let never = (shape == "Before" || shape == "While") && kind == "Promised";
            let seen = kinds.contains(&(shape.to_owned(), kind.to_owned()));
            assert_eq!(seen, !never, "{shape} {kind} in {kinds:?}");
        }
    }
}
