//! Every operation against all readings, one by one: up to three clocks, bounds up to 4.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::zone::{Bounds, UNBOUNDED};

/// Readings are looked at up to here.
const TOP: i32 = 19;
/// Sets that are looked at as a whole have none above this.
const HIGH: i32 = 6;

type Points = BTreeSet<Vec<i32>>;

/// All readings of a set up to [`TOP`]; clock 0 is left out.
fn points(bounds: &Bounds) -> Points {
    let holds = |point: &Vec<i32>| {
        let read = |clock: usize| if clock == 0 { 0 } else { point[clock - 1] };
        let n = bounds.clocks() + 1;
        (0..n).all(|i| (0..n).all(|j| read(i) - read(j) <= bounds.get(i, j)))
    };
    every(bounds.clocks()).filter(holds).collect()
}

fn every(clocks: usize) -> Box<dyn Iterator<Item = Vec<i32>>> {
    if clocks == 0 {
        return Box::new(std::iter::once(Vec::new()));
    }
    Box::new(every(clocks - 1).flat_map(|rest| {
        (0..=TOP).map(move |it| {
            let mut point = rest.clone();
            point.push(it);
            point
        })
    }))
}

/// The smallest set of this form that has all these readings; nothing where there are none.
fn around(points: &Points) -> Option<Vec<i32>> {
    let n = points.first()?.len() + 1;
    let read = |point: &[i32], clock: usize| if clock == 0 { 0 } else { point[clock - 1] };
    let most = |i, j| points.iter().map(|it| read(it, i) - read(it, j)).max().unwrap_or(0);
    Some((0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| most(i, j)).collect())
}

fn cells(bounds: &Bounds) -> Vec<i32> {
    let n = bounds.clocks() + 1;
    (0..n * n).map(|at| bounds.get(at / n, at % n)).collect()
}

/// Some set of readings: bounds from nothing, most of them between -4 and 4.
fn some(clocks: usize) -> impl Strategy<Value = Bounds> {
    let n = clocks + 1;
    let bound = prop_oneof![3 => -4..=4_i32, 2 => Just(UNBOUNDED)];
    let cells = prop::collection::vec(bound, n * n);
    cells.prop_filter_map("has a reading", move |cells| {
        let mut bounds = Bounds::zero(clocks);
        bounds.elapse(|_| true);
        (1..n).for_each(|it| bounds.forget(it));
        let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        all.zip(cells)
            .filter(|((i, j), _)| i != j)
            .all(|((i, j), bound)| bounds.keep(i, j, bound))
            .then_some(bounds)
    })
}

/// Some set with no reading above [`HIGH`].
fn low(clocks: usize) -> impl Strategy<Value = Bounds> {
    some(clocks).prop_filter_map("has a low reading", |mut bounds| {
        let n = bounds.clocks();
        (1..=n).all(|it| bounds.keep(it, 0, HIGH)).then_some(bounds)
    })
}

fn sets() -> impl Strategy<Value = Bounds> {
    (1..=3_usize).prop_flat_map(low)
}

fn pairs() -> impl Strategy<Value = (Bounds, Bounds)> {
    (1..=3_usize).prop_flat_map(|n| (low(n), low(n)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Every bound is reached by some reading: none could be smaller.
    #[test]
    fn bounds_are_as_small_as_they_can_be(bounds in sets()) {
        prop_assert_eq!(around(&points(&bounds)).unwrap(), cells(&bounds));
    }

    #[test]
    fn time_passes_for_clocks_that_run(bounds in sets(), runs in any::<[bool; 4]>()) {
        let mut later = bounds.clone();
        later.elapse(|it| runs[it]);
        let moved: Points = points(&bounds)
            .iter()
            .flat_map(|it| (0..=TOP).map(move |by| it.iter().enumerate().map(|(at, read)| {
                if runs[at + 1] { read + by } else { *read }
            }).collect::<Vec<_>>()))
            .filter(|it: &Vec<i32>| it.iter().all(|&read| read <= TOP))
            .collect();
        prop_assert!(points(&later).is_superset(&moved));
        // The smallest set of the form: a bound is reached, or passed as far as can be seen.
        for (bound, reached) in cells(&later).into_iter().zip(around(&moved).unwrap()) {
            let open = bound == UNBOUNDED && reached >= TOP - 2 * HIGH;
            prop_assert!(bound == reached || open, "{later:?}: {reached}");
        }
    }

    #[test]
    fn a_bound_keeps_the_readings_within(bounds in sets(), i in 0..4_usize, j in 0..4_usize, bound in -4..=4_i32) {
        let n = bounds.clocks() + 1;
        let (i, j) = (i % n, j % n);
        prop_assume!(i != j);
        let read = |point: &[i32], clock: usize| if clock == 0 { 0 } else { point[clock - 1] };
        let kept: Points = points(&bounds)
            .into_iter()
            .filter(|it| read(it, i) - read(it, j) <= bound)
            .collect();
        let mut less = bounds;
        prop_assert_eq!(less.keep(i, j, bound), !kept.is_empty());
        if !kept.is_empty() {
            prop_assert_eq!(points(&less), kept);
        }
    }

    #[test]
    fn a_new_clock_reads_zero(bounds in (1..=2_usize).prop_flat_map(low), at in 1..4_usize) {
        let at = 1 + at % (bounds.clocks() + 1);
        let mut more = bounds.clone();
        more.insert(at);
        let with: Points = points(&bounds)
            .into_iter()
            .map(|mut it| { it.insert(at - 1, 0); it })
            .collect();
        prop_assert_eq!(points(&more), with);
    }

    #[test]
    fn a_new_clock_reads_what_another_does(bounds in (1..=2_usize).prop_flat_map(low), at in 1..4_usize, of in 0..3_usize) {
        let at = 1 + at % (bounds.clocks() + 1);
        let of = of % (bounds.clocks() + 1);
        let mut more = bounds.clone();
        more.insert_like(at, of);
        let with: Points = points(&bounds)
            .into_iter()
            .map(|mut it| { it.insert(at - 1, if of == 0 { 0 } else { it[of - 1] }); it })
            .collect();
        prop_assert_eq!(points(&more), with);
    }

    #[test]
    fn a_clock_may_be_one_off(bounds in sets(), clock in 1..4_usize) {
        let clock = 1 + clock % bounds.clocks();
        let mut loose = bounds.clone();
        loose.loosen(clock);
        let near: Points = points(&bounds)
            .into_iter()
            .flat_map(|it| (-1..=1).map(move |by| { let mut it = it.clone(); it[clock - 1] += by; it }))
            .filter(|it| it[clock - 1] >= 0)
            .collect();
        prop_assert_eq!(cells(&loose), around(&near).unwrap());
    }

    #[test]
    fn a_clock_reads_between_its_bounds(bounds in sets(), clock in 1..4_usize) {
        let clock = 1 + clock % bounds.clocks();
        let reads: BTreeSet<i32> = points(&bounds).iter().map(|it| it[clock - 1]).collect();
        let ends = (*reads.first().unwrap(), *reads.last().unwrap());
        prop_assert_eq!(bounds.reading(clock), ends);
    }

    #[test]
    fn a_clock_is_forgotten(bounds in sets(), clock in 1..4_usize) {
        let clock = 1 + clock % bounds.clocks();
        let mut less = bounds.clone();
        less.remove(clock);
        let without: Points = points(&bounds)
            .into_iter()
            .map(|mut it| { it.remove(clock - 1); it })
            .collect();
        prop_assert_eq!(points(&less), without);
    }

    #[test]
    fn a_clock_starts_again(bounds in sets(), clock in 1..4_usize) {
        let clock = 1 + clock % bounds.clocks();
        let mut again = bounds.clone();
        again.restart(clock);
        let reset: Points = points(&bounds)
            .into_iter()
            .map(|mut it| { it[clock - 1] = 0; it })
            .collect();
        prop_assert_eq!(points(&again), reset);
    }

    #[test]
    fn a_clock_may_read_anything(bounds in sets(), clock in 1..4_usize) {
        let clock = 1 + clock % bounds.clocks();
        let mut free = bounds.clone();
        free.forget(clock);
        let any: Points = points(&bounds)
            .into_iter()
            .flat_map(|it| (0..=TOP).map(move |read| { let mut it = it.clone(); it[clock - 1] = read; it }))
            .collect();
        prop_assert_eq!(points(&free), any);
    }

    #[test]
    fn one_set_has_all_of_another((a, b) in pairs()) {
        prop_assert_eq!(a.has_all_of(&b), points(&a).is_superset(&points(&b)));
    }

    #[test]
    fn the_wider_set_is_the_smallest_around_both((a, b) in pairs()) {
        let mut wide = a.clone();
        let grew = wide.widen(&b);
        prop_assert_eq!(grew, !a.has_all_of(&b));
        let both: Points = points(&a).union(&points(&b)).cloned().collect();
        prop_assert_eq!(cells(&wide), around(&both).unwrap());
    }

    /// Nothing is lost, and what a clock reads up to the bound is kept apart.
    #[test]
    fn readings_above_are_one((a, clock, most) in (sets(), 1..4_usize, 0..=4_i32)) {
        let clock = 1 + clock % a.clocks();
        let mut blurred = a.clone();
        prop_assert!(blurred.blur_above(clock, most));
        prop_assert!(blurred.has_all_of(&a));
        let can_be = |set: &Bounds, read: i32| points(set).iter().any(|it| it[clock - 1] == read);
        for read in 0..=most {
            prop_assert_eq!(can_be(&blurred, read), can_be(&a, read), "{} in {:?}", read, a);
        }
    }
}
