//! What holds of every random protocol.

use std::collections::BTreeMap;

use engine::machine::Machine;
use engine::text::SourceSet;

use super::made;

/// Loads the protocol of a seed, or says what is wrong with it.
fn machine(seed: u64) -> Result<Machine, Vec<String>> {
    let text = made(seed).text;
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, faults) = engine::load(&sources);
    let said = faults.iter().map(|it| format!("{}: {}", it.code.name, it.message));
    machine.ok_or_else(|| said.collect())
}

#[test]
fn every_made_protocol_has_no_error() {
    let mut wrong: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for seed in 0..500 {
        for fault in machine(seed).err().into_iter().flatten() {
            wrong.entry(fault).or_default().push(seed);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
