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
    println!(
        "{n_decisions} decisions, {n_facts} facts: {} bytes a decision, {} a fact, {largest} at most; {names} bytes of names",
        n_bytes / n_decisions,
        n_bytes / n_facts,
    );
    assert!(n_decisions > 100, "{n_decisions}");
    assert!(n_bytes / n_decisions < 150, "{n_bytes} bytes for {n_decisions} decisions");
}
