//! A scenario that is written out is read again as it was, and a play that is saved passes.

use std::path::Path;

use cli::render::drawing;
use engine::machine::Machine;
use engine::runtime::CaseKey;
use engine::scenario::{Expect, Scenario, Step, read, run, write};
use engine::text::{FileId, SourceSet, Span};

use super::random::play;
use crate::histories::machine;
use crate::random::{Random, seed_from};

const PROTOCOLS: [&str; 8] = [
    "pauses",
    "extensions",
    "recurring",
    "ladder",
    "conditions",
    "chains",
    "front-desk",
    "uk-housing-code",
];
const MOVES_MAX: usize = 25;

/// Reads a text as a scenario of a machine.
#[track_caller]
fn again(machine: &Machine, text: &str) -> Scenario {
    let file = ("scenarios/played.toml".to_owned(), text.as_bytes().to_vec());
    let sources = SourceSet::new("", [file]);
    let (scenario, faults) = read(&sources, FileId(0), machine);
    let drawn: String = faults.iter().map(|fault| drawing(fault, &sources)).collect();
    scenario.unwrap_or_else(|| panic!("{drawn}\n{text}"))
}

/// A scenario without what depends on the place in a file, and without the texts of personal
/// values, which nobody writes out: only that they were brought.
fn placeless(scenario: &Scenario) -> Vec<Step> {
    let placeless = |step: &Step| {
        let mut step = step.clone();
        step.span = Span::whole(FileId(0));
        step.what = String::new();
        step.expect = unplaced(step.expect);
        let personal = step.acts.iter_mut().flat_map(|act| &mut act.personal);
        personal.for_each(|(_, text)| text.clear());
        step
    };
    scenario.steps.iter().chain(&scenario.openings).map(placeless).collect()
}

fn unplaced(mut expect: Expect) -> Expect {
    let nowhere = Span::whole(FileId(0));
    let lists = [&mut expect.met, &mut expect.breached, &mut expect.lapsed, &mut expect.warned];
    lists.into_iter().flatten().for_each(|it| it.span = nowhere);
    expect.letters.iter_mut().for_each(|it| it.span = nowhere);
    expect.told.iter_mut().for_each(|it| it.span = nowhere);
    expect.trends.iter_mut().for_each(|it| it.span = nowhere);
    expect.stage.iter_mut().for_each(|it| it.span = nowhere);
    expect.rung.iter_mut().for_each(|it| it.span = nowhere);
    expect.severity.iter_mut().for_each(|it| it.span = nowhere);
    expect.now.iter_mut().for_each(|it| it.span = nowhere);
    expect.due.iter_mut().for_each(|it| it.1.span = nowhere);
    expect.fields.iter_mut().for_each(|it| it.1.span = nowhere);
    expect.allowed.iter_mut().for_each(|it| it.span = nowhere);
    expect.running.iter_mut().for_each(|it| it.span = nowhere);
    expect.refused.iter_mut().for_each(|it| it.span = nowhere);
    expect.stops.iter_mut().for_each(|it| it.span = nowhere);
    expect.withdrawn.iter_mut().for_each(|it| it.span = nowhere);
    expect.discovered.iter_mut().for_each(|it| it.span = nowhere);
    expect.entries.iter_mut().for_each(|it| it.1.span = nowhere);
    expect.erasable.iter_mut().for_each(|it| it.1.span = nowhere);
    expect.hidden_from.iter_mut().for_each(|it| it.1.span = nowhere);
    for past in [&mut expect.known_at, &mut expect.true_at].into_iter().flatten() {
        past.at.span = nowhere;
        past.expect = unplaced(std::mem::take(&mut past.expect));
    }
    for (_, stop) in &mut expect.stop {
        stop.stage.iter_mut().for_each(|it| it.span = nowhere);
        stop.until.iter_mut().for_each(|it| it.span = nowhere);
        stop.due.iter_mut().for_each(|it| it.1.span = nowhere);
        stop.missed.iter_mut().for_each(|it| it.span = nowhere);
    }
    expect
}

#[track_caller]
fn check_same(read: &Scenario, saved: &Scenario, about: &str) {
    let (read, saved) = (placeless(read), placeless(saved));
    for (read, saved) in read.iter().zip(&saved) {
        assert!(read == saved, "{about}\nread:  {read:?}\nsaved: {saved:?}");
    }
    assert_eq!(read.len(), saved.len(), "{about}");
}

/// Plays, saves, reads and runs once for a seed.
#[track_caller]
fn check_play(name: &str, machine: &Machine, seed: u64) -> usize {
    let mut random = Random::new(seed);
    let played = play(machine, &mut random, MOVES_MAX);
    let saved = played.scenario("a case \"played\" by hand");
    let text = write(machine, &saved);
    let read = again(machine, &text);
    check_same(&read, &saved, &format!("{name}, PLAYS_SEED={seed}\n{text}"));
    let outcome = run(machine, &read);
    let failures: Vec<String> = outcome.failures().map(|it| format!("{it:?}")).collect();
    assert!(failures.is_empty(), "{name}, PLAYS_SEED={seed}\n{text}\n{}", failures.join("\n"));
    assert_eq!(outcome.steps.len(), read.steps.len(), "{name}, PLAYS_SEED={seed}\n{text}");
    // The rung, the clocks and what they count are what they were when it was saved.
    let (before, after) = (played.case(), &outcome.register[CaseKey::FIRST].case);
    assert_eq!(after.rung, before.rung, "{name}, PLAYS_SEED={seed}");
    assert_eq!(after.clocks, before.clocks, "{name}, PLAYS_SEED={seed}\n{text}");
    outcome.n_events()
}

/// E4: elsewhere a saved case came back with its rung bound to another clock.
#[test]
fn e4_a_case_that_is_saved_and_read_again_has_its_rung_and_its_clocks() {
    let seed = seed_from("PLAYS_SEED", 4_004);
    let n_plays = seed_from("PLAYS", 25);
    for name in PROTOCOLS {
        let machine = machine(name);
        let n_events: usize =
            (0..n_plays).map(|n| check_play(name, &machine, seed.wrapping_add(n))).sum();
        assert!(n_events > 100, "{name}: {n_events} events are too few to say anything");
    }
}

#[test]
fn every_scenario_that_ships_is_written_out_as_it_was_read() {
    for folder in ["../protocols/small-business", "../protocols/uk-housing-code"] {
        let (machine, _) = engine::load(&store::folder::read(Path::new(folder)).unwrap());
        let machine = machine.unwrap();
        for (path, bytes) in store::folder::scenarios(Path::new(folder)).unwrap() {
            let text = String::from_utf8(bytes).unwrap();
            let scenario = again(&machine, &text);
            let written = write(&machine, &scenario);
            let read = again(&machine, &written);
            check_same(&read, &scenario, &format!("{path}\n{written}"));
            assert_eq!(write(&machine, &read), written, "{path}");
            assert_eq!(read.title, scenario.title);
            assert_eq!(read.cases, scenario.cases, "{path}");
            assert_eq!(read.stops, scenario.stops, "{path}");
            assert_eq!(read.history, scenario.history, "{path}");
        }
    }
}
