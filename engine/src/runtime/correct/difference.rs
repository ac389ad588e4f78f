//! What is different between two lists of facts, with as much kept as can be.

use crate::runtime::{Effect, Fact, FactKind};

/// How a fact that was concluded again stands to what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// It is recorded under this number.
    Kept(u32),
    /// It is new.
    Added,
}

/// The recorded facts that no longer hold, and how each of the new list stands.
pub(crate) struct Difference {
    pub(crate) withdrawn: Vec<Fact>,
    pub(crate) found: Vec<Found>,
}

/// Compares what is recorded with what was concluded again. Both are in order. Facts of one
/// instant are compared with each other, and the longest common part of them is kept.
pub(crate) fn difference(old: &[Fact], new: &[(Fact, Vec<Effect>)]) -> Difference {
    let mut out = Difference { withdrawn: Vec::new(), found: Vec::new() };
    let (mut old, mut new) = (old, new);
    let first = |old: &[Fact], new: &[(Fact, Vec<Effect>)]| {
        let groups = [old.first().map(group), new.first().map(|(fact, _)| group(fact))];
        groups.into_iter().flatten().min()
    };
    while let Some(here_and_now) = first(old, new) {
        let n_old = old.iter().take_while(|it| group(it) == here_and_now).count();
        let n_new = new.iter().take_while(|(it, _)| group(it) == here_and_now).count();
        let (here, later) = old.split_at(n_old);
        let (made, rest) = new.split_at(n_new);
        common(here, made, &mut out);
        (old, new) = (later, rest);
    }
    out
}

/// Facts of one instant, what people did before what time did.
fn group(fact: &Fact) -> (crate::time::Instant, bool) {
    (fact.at, fact.cause.is_none())
}

/// Keeps the longest common part of two short lists.
fn common(old: &[Fact], new: &[(Fact, Vec<Effect>)], out: &mut Difference) {
    let alike = old.iter().zip(new).take_while(|(old, (new, _))| is_same(old, new)).count();
    let (alike, old) = old.split_at(alike);
    let (_, new) = new.split_at(alike.len());
    out.found.extend(alike.iter().map(|fact| Found::Kept(fact.sequence)));
    let ends = old.iter().rev().zip(new.iter().rev());
    let n_ends = ends.take_while(|(old, (new, _))| is_same(old, new)).count();
    let (old, old_ends) = old.split_at(old.len().saturating_sub(n_ends));
    let (new, _) = new.split_at(new.len().saturating_sub(n_ends));
    middle(old, new, out);
    out.found.extend(old_ends.iter().map(|fact| Found::Kept(fact.sequence)));
}

/// The most pairs of facts of one instant that are compared with each other; of more, nothing is
/// kept. It takes thousands of entries with clocks of their own to get there.
const PAIRS_MAX: usize = 4_000_000;

/// Keeps the longest common part of what neither begins nor ends alike.
fn middle(old: &[Fact], new: &[(Fact, Vec<Effect>)], out: &mut Difference) {
    if old.len().saturating_mul(new.len()) > PAIRS_MAX {
        out.withdrawn.extend(old);
        out.found.extend(new.iter().map(|_| Found::Added));
        return;
    }
    let width = new.len().saturating_add(1);
    // The length of the longest common part of what is left from each pair of places on.
    let mut longest = vec![0u32; old.len().saturating_add(1).saturating_mul(width)];
    let at =
        |from_old: usize, from_new: usize| from_old.saturating_mul(width).saturating_add(from_new);
    for (place, fact) in old.iter().enumerate().rev() {
        for (other, (made, _)) in new.iter().enumerate().rev() {
            longest[at(place, other)] = match is_same(fact, made) {
                true => longest[at(place + 1, other + 1)].saturating_add(1),
                false => longest[at(place + 1, other)].max(longest[at(place, other + 1)]),
            };
        }
    }
    let (mut place, mut other) = (0, 0);
    while let (Some(fact), Some((made, _))) = (old.get(place), new.get(other)) {
        if is_same(fact, made) {
            out.found.push(Found::Kept(fact.sequence));
            (place, other) = (place + 1, other + 1);
        } else if longest[at(place + 1, other)] >= longest[at(place, other + 1)] {
            out.withdrawn.push(*fact);
            place += 1;
        } else {
            out.found.push(Found::Added);
            other += 1;
        }
    }
    out.withdrawn.extend(old.get(place..).unwrap_or_default());
    out.found.extend(new.get(other..).unwrap_or_default().iter().map(|_| Found::Added));
}

/// Whether two facts say the same. Who was told depends on who was there then, and is not asked
/// again.
fn is_same(one: &Fact, other: &Fact) -> bool {
    let told = |fact: &Fact| matches!(fact.kind, FactKind::Told { .. });
    (one.at, one.cause, one.rule) == (other.at, other.cause, other.rule)
        && (one.kind == other.kind || told(one) && told(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DeadlineId, RuleId};
    use crate::runtime::ClockId;
    use crate::text::Symbol;
    use crate::time::Instant;

    /// The clock with this number was met, all at one instant.
    fn fact(place: usize, number: usize) -> Fact {
        let occurrence = u16::try_from(number).unwrap();
        let clock = ClockId { deadline: DeadlineId(0), occurrence };
        Fact {
            sequence: u32::try_from(place).unwrap() + 1,
            at: Instant::from_ms(0),
            cause: Some(Symbol(0)),
            rule: RuleId(0),
            kind: FactKind::Met { clock, late: false },
        }
    }

    fn facts(numbers: impl Iterator<Item = usize>) -> Vec<Fact> {
        numbers.enumerate().map(|(place, number)| fact(place, number)).collect()
    }

    /// Checks how many are kept, withdrawn and added.
    #[track_caller]
    fn check(old: &[Fact], new: &[Fact], expected: [usize; 3]) {
        let made: Vec<_> = new.iter().map(|it| (*it, Vec::new())).collect();
        let found = difference(old, &made);
        let n_kept = found.found.iter().filter(|it| **it != Found::Added).count();
        assert_eq!(found.found.len(), new.len());
        assert_eq!([n_kept, found.withdrawn.len(), new.len() - n_kept], expected);
    }

    #[test]
    fn the_longest_common_part_is_kept() {
        let old = facts([1, 2, 3, 4, 5].into_iter());
        check(&old, &old, [5, 0, 0]);
        check(&old, &facts([1, 2, 9, 4, 5].into_iter()), [4, 1, 1]);
        check(&old, &facts([9, 1, 3, 5, 8].into_iter()), [3, 2, 2]);
        check(&old, &facts([1, 1, 2, 3, 4, 5].into_iter()), [5, 0, 1]);
        check(&old, &[], [0, 5, 0]);
    }

    /// Tens of thousands of clocks may end at one instant; their pairs would fill the memory.
    #[test]
    fn very_many_facts_of_one_instant_are_compared_in_bounded_memory() {
        let many = facts(0..60_000);
        let swapped = |a: usize, b: usize| {
            let mut facts = many.clone();
            facts.swap(a, b);
            facts
        };
        check(&many, &facts((0..30_000).chain(30_001..60_000)), [59_999, 1, 0]);
        check(&many, &swapped(30_000, 30_001), [59_999, 1, 1]);
        check(&many, &swapped(0, 59_999), [0, 60_000, 60_000]);
    }
}
