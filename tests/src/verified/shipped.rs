//! What the protocols that ship promise, and the examples that promise too much.

use std::fs;
use std::path::Path;

use analysis::{Options, Outcome, asked, prove};
use engine::machine::Machine;

/// A protocol about which nothing is said.
#[track_caller]
fn machine(folder: &Path) -> Machine {
    let (machine, faults) = engine::load(&store::folder::read(folder).unwrap());
    assert!(faults.is_empty(), "{}: {faults:?}", folder.display());
    machine.unwrap()
}

/// What becomes of each guarantee of the protocol itself, in file order.
fn outcomes(machine: &Machine) -> Vec<(&str, Outcome)> {
    let options = Options::new(machine);
    let guarantees = machine.protocol.guarantees.iter();
    // Those of the protocol itself come first.
    let own = guarantees.zip(asked(machine));
    own.map(|(it, asked)| (it.id.as_str(), prove(machine, asked, &options).outcome)).collect()
}

#[test]
fn each_faulty_example_promises_one_thing_and_it_is_refuted() {
    let folders = fs::read_dir("../examples/faulty").unwrap().map(|it| it.unwrap().path());
    let folders: Vec<_> = folders.filter(|it| it.is_dir()).collect();
    assert_eq!(folders.len(), 6);
    for folder in folders {
        let text = fs::read_to_string(folder.join("protocol.toml")).unwrap();
        assert!(text.lines().count() <= 60, "{}: an example is short", folder.display());
        let machine = machine(&folder);
        let found = outcomes(&machine);
        let refuted = |(_, it): &(&str, Outcome)| matches!(it, Outcome::Refuted(_));
        assert!(found.len() == 1 && found.iter().all(refuted), "{}: {found:?}", folder.display());
    }
}

#[test]
fn every_promise_of_the_restrictions_on_conduct_is_proved() {
    let machine = machine(Path::new("../protocols/conduct"));
    let found = outcomes(&machine);
    assert!(found.len() >= 4, "{}", found.len());
    for (id, outcome) in found {
        assert!(matches!(outcome, Outcome::Proved(_)), "{id}: {outcome:?}");
    }
}
