use std::collections::{BTreeSet, VecDeque};

use crate::steps::tests::world::shipped;
use crate::steps::{About, Key, Steps};

/// The keys that can be reached, and how many steps lead from them.
fn reached(steps: &mut Steps<'_>, most: usize) -> (usize, usize) {
    let start = steps.start();
    let mut seen: BTreeSet<Key> = BTreeSet::from([start.clone()]);
    let mut queue = VecDeque::from([start]);
    let mut n = 0;
    while let Some(key) = queue.pop_front() {
        for step in steps.successors(&key).iter() {
            n += 1;
            if seen.len() < most && seen.insert(step.next.clone()) {
                queue.push_back(step.next.clone());
            }
        }
    }
    (seen.len(), n)
}

#[test]
fn measure() {
    for name in crate::steps::tests::world::SHIPPED {
        let machine = shipped(name);
        for (what, about) in
            [("nothing", About::default()), ("everything", About::everything(&machine))]
        {
            let began = std::time::Instant::now();
            let mut steps = Steps::new(&machine, &about);
            let found = reached(&mut steps, 20_000);
            let deadlines: Vec<&str> =
                steps.matters().deadlines(&machine).map(|it| it.1.name.as_str()).collect();
            eprintln!(
                "{name} {what}: {found:?} {:?} faults {:?} {deadlines:?}",
                began.elapsed(),
                steps
                    .faults()
                    .iter()
                    .map(|it| machine.protocol.rule(*it).place.clone())
                    .collect::<Vec<_>>()
            );
        }
    }
}
