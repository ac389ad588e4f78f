//! Sets of readings whose bounds somebody else has written down.

use crate::zone::change::sum;
use crate::zone::{Bounds, UNBOUNDED, Zone};

impl Bounds {
    /// The set with these bounds: row by row, without those of a clock against itself. `None` for
    /// what is no set as it is kept between calls: other than so many bounds, a bound that the
    /// others make smaller, a reading below 0, or no reading at all.
    pub(crate) fn given(clocks: usize, cells: &[i32]) -> Option<Self> {
        let n = clocks.checked_add(1)?;
        if n.checked_mul(clocks)? != cells.len() {
            return None;
        }
        if !cells.iter().all(|it| (-UNBOUNDED..=UNBOUNDED).contains(it)) {
            return None;
        }
        let mut given = Self::zero(clocks);
        let places = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j);
        for ((i, j), cell) in places.zip(cells) {
            given.set(i, j, *cell);
        }
        ((1..n).all(|it| given.get(0, it) <= 0) && given.is_closed()).then_some(given)
    }

    /// Whether no bound is made smaller by others. Nothing is changed, so that no sum grows.
    fn is_closed(&self) -> bool {
        let each = || 0..self.n();
        each().all(|i| {
            each().all(|through| {
                let first = self.get(i, through);
                each().all(|j| self.get(i, j) <= sum(first, self.get(through, j)))
            })
        })
    }

    /// The bounds row by row, without those of a clock against itself.
    pub(crate) fn cells(&self) -> impl Iterator<Item = i32> + '_ {
        let n = self.n();
        let places = (0..n).flat_map(move |i| (0..n).map(move |j| (i, j)));
        places.filter(|(i, j)| i != j).map(|(i, j)| self.get(i, j))
    }
}

impl Zone {
    /// The zone of so many clocks with these bounds, base after base; `None` for what is none.
    pub(crate) fn given(clocks: usize, n_bases: usize, cells: &[i32]) -> Option<Self> {
        let each = clocks.checked_add(1)?.checked_mul(clocks)?;
        if each.checked_mul(n_bases)? != cells.len() {
            return None;
        }
        let of = |base: usize| cells.get(base * each..(base + 1) * each);
        let bounds = (0..n_bases).map(|it| Bounds::given(clocks, of(it)?)).collect::<Option<_>>();
        Some(Self { bounds: bounds? })
    }

    /// All its bounds, base after base.
    pub(crate) fn cells(&self) -> impl Iterator<Item = i32> + '_ {
        self.bounds.iter().flat_map(Bounds::cells)
    }
}
