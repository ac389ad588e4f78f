//! Histories: the bytes choose each step; the engine and the referee must tell the same story.

use std::sync::LazyLock;

use engine::machine::Machine;
use engine::model::RoleId;
use engine::runtime::{Fact, fold};

use crate::histories::{History, PROTOCOLS, Step, World, machine, next, write};
use crate::random::Random;

/// The longest history.
const STEPS_MAX: usize = 24;

static MACHINES: LazyLock<Vec<Machine>> =
    LazyLock::new(|| PROTOCOLS.iter().map(|name| machine(name)).collect());

/// Plays the history that the bytes choose, as long as there are bytes.
///
/// # Panics
/// When the engine breaks its word.
pub fn history(bytes: &[u8]) {
    let mut random = Random::of_bytes(bytes);
    let place = random.below(MACHINES.len());
    let machine = &MACHINES[place];
    let n_roles = machine.protocol.roles.len();
    let absent = match random.below(4) {
        0 => vec![RoleId::at(random.below(n_roles))],
        _ => Vec::new(),
    };
    let mut world = World::new(machine, &absent);
    let mut history = History { absent, steps: Vec::new() };
    for number in 0..STEPS_MAX {
        if random.is_spent() {
            break;
        }
        let step = next(&world, &mut random, number);
        history.steps.push(step.clone());
        let told = |how: &str| format!("{}\n{how}", write(machine, PROTOCOLS[place], &history));
        let before = world.case.clone();
        if let Step::Report(report) = &step {
            let event = world.read(report);
            assert!(world.decide(&event) == world.decide(&event), "{}", told("decided twice"));
        }
        match world.play(&step) {
            Ok(true) => {}
            Ok(false) => {
                assert!(before == world.case, "{}", told("a refusal changes the case"));
            }
            Err(how) => panic!("{}", told(&how)),
        }
        if !world.is_open() {
            return;
        }
    }
    if world.facts.is_sorted_by_key(Fact::order) {
        let told = || write(machine, PROTOCOLS[place], &history);
        assert!(fold(machine, &world.facts) == world.case, "{}not the fold", told());
    }
}
