//! A register made again from what was kept is the register, and what is kept does not depend on
//! how often somebody looked.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::machine::Machine;
use engine::runtime::{CaseKey, Held, HeldStop, Kept, Register};
use engine::scenario::{Scenario, read, run};
use engine::text::{FileId, SourceSet, Strings};

/// The same register, made from the names of its cases, the stops and what was kept of all.
fn again(machine: &Machine, register: &Register) -> Register {
    let mut made = Register::default();
    for (key, held) in register.iter() {
        let kept: Vec<Arc<Kept>> = held.kept().cloned().collect();
        assert_eq!(made.restore(machine, &held.name, kept), key);
    }
    for (key, held) in register.stops() {
        let stream = &held.stream;
        let kept = held.kept().map(|it| Kept::clone(it));
        let person = stream.complainant;
        assert_eq!(made.restore_stop(machine, stream.stop, stream.on, person, kept), Some(key));
    }
    made
}

/// Checks that what was kept of a register makes it again.
#[track_caller]
pub(crate) fn check(machine: &Machine, register: &Register, shown: &str) {
    let made = again(machine, register);
    let cases = |it: &Register| -> Vec<Held> { it.iter().map(|(_, held)| held.clone()).collect() };
    for (made, held) in cases(&made).iter().zip(cases(register)) {
        assert_eq!(made.case, held.case, "{shown}");
        assert_eq!(made.name, held.name, "{shown}");
        let people = |it: &Register, held: &Held| {
            held.person().map(|person| it.cases_of(person).to_vec()).unwrap_or_default()
        };
        let sorted = |mut keys: Vec<CaseKey>| {
            keys.sort_unstable();
            keys
        };
        let (again, before) = (people(&again(machine, register), made), people(register, &held));
        assert_eq!(sorted(again), sorted(before), "{shown}");
    }
    let stops = |it: &Register| -> Vec<HeldStop> { it.stops().map(|(_, it)| it.clone()).collect() };
    for (made, held) in stops(&made).iter().zip(stops(register)) {
        assert_eq!(made.stream, held.stream, "{shown}");
        assert!(made.facts == held.facts, "{shown}");
    }
    assert_eq!(made.next_due(), register.next_due(), "{shown}");
    assert_eq!(made.next_stop_due(), register.next_stop_due(), "{shown}");
}

/// Everything that was kept, stream by stream.
pub(crate) fn kept(register: &Register) -> Vec<Vec<Arc<Kept>>> {
    let cases = register.iter().map(|(_, held)| held.kept().cloned().collect());
    let stops = register.stops().map(|(_, held)| held.kept().cloned().collect());
    cases.chain(stops).collect()
}

fn folders(below: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.join("protocol.toml").exists()).collect()
}

fn scenarios(folder: &Path, machine: &Machine) -> Vec<(String, Scenario)> {
    let all = store::folder::scenarios(folder).unwrap().into_iter().map(|(path, bytes)| {
        let shown = format!("{}/{path}", folder.display());
        let file = SourceSet::new("", [(path, bytes)]);
        (shown, read(&file, FileId(0), machine).0.unwrap())
    });
    all.collect()
}

#[test]
fn every_scenario_leaves_a_register_that_its_record_makes_again() {
    let (mut cases, mut stops, mut corrected) = (0, 0, 0);
    let all = ["../protocols", "suite/traps", "suite/scenarios"];
    for folder in all.into_iter().flat_map(folders) {
        let machine = engine::load(&store::folder::read(&folder).unwrap()).0.unwrap();
        for (shown, scenario) in scenarios(&folder, &machine) {
            // A stop from before the scenario was never recorded.
            if !scenario.stops.is_empty() {
                continue;
            }
            let outcome = run(&machine, &scenario);
            check(&machine, &outcome.register, &shown);
            cases += outcome.register.len();
            stops += outcome.register.stops().count();
            let facts = outcome.register.iter().flat_map(|(_, held)| held.facts());
            corrected += facts.filter(|it| it.kind.is_of_the_record()).count();
        }
    }
    assert!(cases > 100 && stops > 5 && corrected > 50, "{cases} {stops} {corrected}");
}

/// A case that was opened and left alone, looked at every hour or only at the end: the same
/// decisions at the same instants.
#[test]
fn time_keeps_the_same_record_whoever_looks() {
    let mut n_kept = 0;
    for folder in folders("../protocols") {
        let machine = engine::load(&store::folder::read(&folder).unwrap()).0.unwrap();
        for (shown, mut scenario) in scenarios(&folder, &machine) {
            scenario.steps.truncate(3);
            let mut slept = run(&machine, &scenario);
            let Some(now) = slept.steps.last().map(|it| it.now) else { continue };
            let (mut up, mut strings): (Register, Strings) =
                (slept.register.clone(), slept.strings.clone());
            let days = |days: i64| now.plus_ms(days * 86_400_000 + 1).unwrap();
            for day in 0..=400 {
                let broken = up.pass_singly(&machine, days(day), &mut strings);
                assert!(broken.is_empty(), "{shown}: {broken:?}");
            }
            slept.register.pass_singly(&machine, days(400), &mut slept.strings);
            assert_eq!(kept(&up), kept(&slept.register), "{shown}");
            // A stop from before the scenario was never recorded.
            if scenario.stops.is_empty() {
                check(&machine, &up, &shown);
            }
            n_kept += kept(&up).iter().map(Vec::len).sum::<usize>();
        }
    }
    assert!(n_kept > 500, "{n_kept}");
}
