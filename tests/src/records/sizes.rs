//! How much room decisions take.

use std::path::Path;

use store::record::encode;

use super::made::of_folder;

#[test]
fn a_decision_of_the_small_business_takes_less_than_300_bytes() {
    let (mut n_bytes, mut n_decisions, mut n_facts, mut largest) = (0, 0, 0, 0);
    let all = of_folder(Path::new("../protocols/small-business"));
    for made in &all {
        for (stop, decision) in &made.decisions {
            let bytes = encode(&made.dictionary, stop.as_deref(), &made.strings, decision).unwrap();
            n_bytes += bytes.len();
            n_decisions += 1;
            n_facts += decision.facts.len();
            largest = largest.max(bytes.len());
        }
    }
    let names = all[0].dictionary.names().bytes().len();
    assert!(n_decisions > 100, "{n_decisions}");
    // When this was written: 105 bytes a decision, 13 a fact, 594 at most, 18 kB of names.
    let of_facts = n_bytes / n_facts;
    assert!(
        n_bytes / n_decisions < 110 && of_facts < 15 && largest < 700 && names < 20_000,
        "{n_bytes} bytes for {n_decisions} decisions, {of_facts} a fact, {largest} at most, {names} of names"
    );
}
