//! How often arrows cross.

use crate::layout::Curve;

/// How often arrows cross, counted where they bend from one row to the next. Two that meet at a
/// point do not cross.
#[must_use]
pub fn n_crossings(curves: &[Curve]) -> usize {
    let mut bends: Vec<[(i32, i32); 2]> = Vec::new();
    for curve in curves {
        let mut points = curve.points.clone();
        if points.first().map(|it| it.1) > points.last().map(|it| it.1) {
            points.reverse();
        }
        bends.extend(points.windows(2).skip(1).step_by(2).map(|it| [it[0], it[1]]));
    }
    // Lines bend only between two rows, so bends that share a height are between the same two.
    bends.sort_unstable_by_key(|it| (it[0].1, it[1].1, it[0].0));
    let mut n_found = 0;
    for (at, one) in bends.iter().enumerate() {
        let others = bends[at + 1..].iter().take_while(|other| other[0].1 < one[1].1);
        n_found += others.filter(|other| is_crossing(one, other)).count();
    }
    n_found
}

const fn is_crossing(one: &[(i32, i32); 2], other: &[(i32, i32); 2]) -> bool {
    (one[0].0 < other[0].0 && one[1].0 > other[1].0)
        || (one[0].0 > other[0].0 && one[1].0 < other[1].0)
}

#[cfg(test)]
mod tests {
    use super::n_crossings;
    use crate::layout::{Curve, TextBlock};

    #[track_caller]
    fn check(ways: &[[i32; 2]], expected: usize) {
        let curve = |x: &[i32; 2]| Curve {
            arrow: 0,
            points: vec![(x[0], 0), (x[0], 10), (x[1], 40), (x[1], 50)],
            label: TextBlock::default(),
        };
        let curves: Vec<Curve> = ways.iter().map(curve).collect();
        assert_eq!(n_crossings(&curves), expected);
    }

    #[test]
    fn only_ways_that_change_sides_cross() {
        check(&[[0, 0], [10, 10]], 0);
        check(&[[0, 10], [10, 0]], 1);
        check(&[[0, 10], [10, 10]], 0);
        check(&[[0, 30], [10, 20], [20, 10]], 3);
    }

    #[test]
    fn an_arrow_that_leads_up_counts_as_well() {
        let up = Curve {
            arrow: 1,
            points: vec![(10, 50), (10, 40), (0, 10), (0, 0)],
            label: TextBlock::default(),
        };
        let down = Curve {
            arrow: 0,
            points: vec![(10, 0), (10, 10), (0, 40), (0, 50)],
            label: TextBlock::default(),
        };
        assert_eq!(n_crossings(&[up, down]), 1);
    }
}
