//! What holds of every random protocol.

use std::collections::BTreeMap;

use super::compare::machine_of;
use super::made;

#[test]
fn every_made_protocol_has_no_error() {
    let mut wrong: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for seed in 0..500 {
        if let Err(said) = machine_of(&made(seed).whole()) {
            wrong.entry(said).or_default().push(seed);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_shape_of_guarantee_is_made_often() {
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..500 {
        for guarantee in made(seed).guarantees {
            let keys = guarantee.lines().filter_map(|it| it.split_once(" = "));
            let keys = keys.map(|(key, _)| key).filter(|it| !["id", "says", "unless"].contains(it));
            *shapes.entry(keys.collect::<Vec<_>>().join(" ")).or_default() += 1;
        }
    }
    assert!(shapes.len() >= 8, "{shapes:?}");
    assert!(shapes.values().all(|n| *n >= 20), "{shapes:?}");
}
