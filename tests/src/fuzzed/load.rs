//! The files of a protocol: they are read or refused, and what is read can be used.

use engine::machine::Machine;
use engine::runtime::fold;
use engine::runtime::{Fact, read_report};

use super::pieces::{check_faults, number, sources};
use crate::histories::{History, Step, World, next, write};
use crate::random::Random;

/// Steps of the history that is played on what could be loaded.
const STEPS: usize = 10;

/// Reads the bytes as the files of a protocol: a line `=== PATH` begins a file, and what stands
/// before the first is `protocol.toml`.
///
/// # Panics
/// When the engine breaks its word.
pub fn load(bytes: &[u8]) {
    let sources = sources(bytes);
    let (machine, faults) = engine::load(&sources);
    assert_eq!(machine.is_none(), faults.has_errors(), "{faults:?}");
    check_faults(&faults, &sources);
    let Some(machine) = machine else { return };
    let seed = number(bytes);
    play(&machine, seed);
    if !machine.protocol.guarantees.is_empty() {
        // The referee knows nothing of guarantees.
        let mut protocol = machine.protocol;
        protocol.guarantees.clear();
        play(&Machine::from_model(protocol), seed);
    }
}

/// Plays a random history: the engine and the referee tell the same story of any protocol that
/// guarantees nothing, and a case is the fold of its facts.
fn play(machine: &Machine, seed: u64) {
    let mut random = Random::new(seed);
    let mut world = World::new(machine, &[]);
    let mut history = History::default();
    for number in 0..STEPS {
        let step = next(&world, &mut random, number);
        if let Step::Report(report) = &step
            && read_report(machine, report, &mut world.strings).is_err()
        {
            continue;
        }
        history.steps.push(step.clone());
        let before = world.case.clone();
        let played = match machine.protocol.guarantees.is_empty() {
            true => world.play(&step),
            false => Ok(world.go(&step).is_none()),
        };
        match played {
            Ok(true) => {}
            Ok(false) => assert!(before == world.case, "a refusal changes the case"),
            Err(how) => panic!("{}\n{how}", write(machine, "above", &history)),
        }
        if !world.is_open() {
            return;
        }
    }
    if world.facts.is_sorted_by_key(Fact::order) {
        assert!(fold(machine, &world.facts) == world.case, "the case is not the fold of its facts");
    }
}
