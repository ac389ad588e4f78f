use std::collections::BTreeMap;

use engine::machine::Machine;

use super::{Hard, cost, machine, made};

const KINDS: [Hard; 4] = [
    Hard { n_deadlines: 4, has_pauses: false },
    Hard { n_deadlines: 8, has_pauses: false },
    Hard { n_deadlines: 4, has_pauses: true },
    Hard { n_deadlines: 8, has_pauses: true },
];
/// So many protocols of each kind.
const SEEDS: u64 = 32;
/// So many situations of one are looked at.
const SITUATIONS: usize = 150;

#[test]
fn every_hard_protocol_has_no_error_and_what_was_asked_for() {
    let mut wrong: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (seed, hard) in (0..SEEDS).flat_map(|it| KINDS.map(|hard| (it, hard))) {
        let text = made(seed, hard);
        assert_eq!(text, made(seed, hard), "seed {seed}");
        match machine(text) {
            Err(said) => wrong.entry(said).or_default().push(seed),
            Ok(machine) => has_what_was_asked_for(&machine, hard),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[track_caller]
fn has_what_was_asked_for(machine: &Machine, hard: Hard) {
    let protocol = &machine.protocol;
    assert_eq!((protocol.stages.len(), protocol.ladder.len()), (12, 4));
    assert_eq!((protocol.deadlines.len(), protocol.guarantees.len()), (hard.n_deadlines, 1));
    let n_pauses: usize = protocol.stages.iter().map(|it| it.pauses.len()).sum();
    assert_eq!(n_pauses > 0, hard.has_pauses);
}

/// There is more to look at than a little, with every kind, and each look ends.
#[test]
fn what_can_become_of_a_hard_protocol_is_much() {
    for hard in KINDS {
        let machine = machine(made(3, hard)).unwrap();
        let looked = cost(&machine, SITUATIONS).unwrap();
        assert!(looked.is_cut_off && looked.situations > SITUATIONS, "{hard:?}");
    }
}
