//! All that can become of a case in whatever order, where nothing that is asked depends on how long
//! anything takes.

use std::collections::BTreeSet;

use crate::explore::look::{Hunt, Looked, is_assumed_away, told};
use crate::steps::{Key, Step, Steps};

/// Where a case can be, and how it came there.
struct Node {
    key: Key,
    /// Another node, and which of the steps from there.
    from: Option<(usize, usize)>,
}

/// Looks at every key that can be reached, in order of the steps that lead there.
pub(super) fn order(steps: &mut Steps<'_>, hunt: &Hunt<'_>) -> Looked {
    let start = steps.start();
    let mut seen: BTreeSet<Key> = BTreeSet::from([start.clone()]);
    let mut nodes = vec![Node { key: start, from: None }];
    let mut looked = Looked { proved: true, ..Looked::default() };
    let mut at = 0;
    while let Some(key) = nodes.get(at).map(|it| it.key.clone()) {
        for (place, step) in steps.successors(&key).iter().enumerate() {
            if is_assumed_away(hunt, step) {
                continue;
            }
            looked.touched |= step.promise.promised || step.promise.kept || step.promise.broken;
            if (hunt.is_bad)(step) {
                looked.proved = false;
                let way = way(steps, &nodes, at, step);
                looked.opaque.extend(way.iter().flat_map(|it| it.opaque.iter().copied()));
                let way = told(&way);
                if looked.suspects.len() < hunt.ways_max && !looked.suspects.contains(&way) {
                    looked.suspects.push(way);
                    looked.days.push(None);
                }
                continue;
            }
            if seen.insert(step.next.clone()) {
                nodes.push(Node { key: step.next.clone(), from: Some((at, place)) });
            }
        }
        if looked.suspects.len() >= hunt.ways_max {
            break;
        }
        if hunt.is_enough(nodes.len(), 0) {
            looked.is_cut_off = true;
            looked.proved = false;
            break;
        }
        at += 1;
    }
    looked.situations = nodes.len();
    looked
}

fn way(steps: &mut Steps<'_>, nodes: &[Node], at: usize, last: &Step) -> Vec<Step> {
    let mut way = vec![last.clone()];
    let mut at = at;
    while let Some((from, place)) = nodes.get(at).and_then(|it| it.from) {
        let taken = steps.successors(&nodes[from].key);
        way.extend(taken.get(place).cloned());
        at = from;
    }
    way.reverse();
    way
}
