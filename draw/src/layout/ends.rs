//! Where arrows meet their boxes: side by side, in the order in which they come.

use crate::layout::NodeBox;

/// From the corner of a box to the first arrow, in pixels.
const CORNER: i32 = 14;
/// From one arrow to the next, in pixels.
const NEXT: i32 = 18;

/// An end of an arrow at one side of a box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    /// Which arrow.
    pub curve: usize,
    /// Where it would like to be.
    pub wish: i32,
}

/// Gives each end its place, so that no two meet and none cross on the way there.
pub(crate) fn spread(node: &NodeBox, mut ends: Vec<End>) -> Vec<(usize, i32)> {
    let (left, right) = (node.rect.x + CORNER, node.rect.right() - CORNER);
    ends.sort_by_key(|it| (it.wish, it.curve));
    let n_gaps = i32::try_from(ends.len()).unwrap_or(i32::MAX).saturating_sub(1);
    let gap = NEXT.min((right - left) / n_gaps.max(1)).max(1);
    let mut places: Vec<i32> = ends.iter().map(|it| it.wish.clamp(left, right)).collect();
    // Several that come from one side would all meet at its corner: let them share the middle.
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + gap);
    }
    let mut limit = right;
    for place in places.iter_mut().rev() {
        *place = (*place).min(limit);
        limit = *place - gap;
    }
    ends.iter().map(|it| it.curve).zip(places).collect()
}
