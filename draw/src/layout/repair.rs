//! What a person would still mend: neighbours that had better change places, and things that touch.

use crate::layout::order::{BOX_GAP, LINE_GAP, Placed, Plan};

/// How often all rows are gone through.
const PASSES_MAX: usize = 8;

/// Something in a row: its middle, its width, and the gap it asks for.
#[derive(Clone, Copy)]
struct Item {
    x: i32,
    width: i32,
    gap: i32,
    is: Is,
}

#[derive(Clone, Copy)]
enum Is {
    Box(usize),
    Join(usize, usize),
}

/// The rows, each from left to right.
fn rows(plan: &Plan, placed: &Placed) -> Vec<Vec<Item>> {
    let n_rows = plan.boxes.iter().map(|it| 2 * it.1 + 1).max().unwrap_or(0);
    let mut rows: Vec<Vec<Item>> = (0..n_rows).map(|_| Vec::new()).collect();
    for (at, (width, row)) in plan.boxes.iter().enumerate() {
        let x = placed.boxes[at];
        rows[2 * row].push(Item { x, width: *width, gap: BOX_GAP, is: Is::Box(at) });
    }
    for (at, join) in plan.joins.iter().enumerate() {
        let first_row = 2 * plan.boxes[join.upper].1 + 1;
        let xs = &placed.joins[at];
        for (place, x) in xs.iter().enumerate() {
            let width = if place == xs.len() / 2 { join.label_width } else { 0 };
            let is = Is::Join(at, place);
            rows[first_row + place].push(Item { x: *x, width, gap: LINE_GAP, is });
        }
    }
    for row in &mut rows {
        row.sort_by_key(|it| it.x);
    }
    rows
}

fn put(item: Item, placed: &mut Placed) {
    match item.is {
        Is::Box(at) => placed.boxes[at] = item.x,
        Is::Join(at, place) => placed.joins[at][place] = item.x,
    }
}

/// Moves things to the right where they would touch.
pub(crate) fn part(plan: &Plan, placed: &mut Placed) {
    for mut row in rows(plan, placed) {
        for at in 1..row.len() {
            let before = row[at - 1];
            let gap = before.gap.min(row[at].gap) / 2;
            let least = before.x + before.width / 2 + gap + (row[at].width + 1) / 2;
            row[at].x = row[at].x.max(least);
        }
        for item in row {
            put(item, placed);
        }
    }
}

/// Lets neighbours in a row change places as long as fewer lines cross then.
pub(crate) fn untangle(plan: &Plan, placed: &mut Placed) {
    let mut rows = rows(plan, placed);
    let beside = Beside::of(plan);
    let mut is_better = true;
    for _ in 0..PASSES_MAX {
        if !std::mem::take(&mut is_better) {
            return;
        }
        for row in &mut rows {
            for at in 1..row.len() {
                let (left, right) = (row[at - 1], row[at]);
                let now = beside.n_crossings(placed, left.is, right.is);
                if now <= beside.n_crossings(placed, right.is, left.is) {
                    continue;
                }
                let (first, last) = (left.x - left.width / 2, right.x + right.width / 2);
                row[at - 1] = Item { x: first + right.width / 2, ..right };
                row[at] = Item { x: last - left.width / 2, ..left };
                put(row[at - 1], placed);
                put(row[at], placed);
                is_better = true;
            }
        }
    }
}

/// What joins lead to each box from above, and from it further down.
struct Beside<'a> {
    plan: &'a Plan,
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
}

impl<'a> Beside<'a> {
    fn of(plan: &'a Plan) -> Self {
        let none = || vec![Vec::new(); plan.boxes.len()];
        let mut this = Self { plan, above: none(), below: none() };
        for (at, join) in plan.joins.iter().enumerate() {
            this.below[join.upper].push(at);
            this.above[join.lower].push(at);
        }
        this
    }

    /// How often the lines of two things cross if the first stands to the left of the second.
    fn n_crossings(&self, placed: &Placed, left: Is, right: Is) -> usize {
        let of = |left: &[i32], right: &[i32]| -> usize {
            left.iter().map(|x| right.iter().filter(|it| *it < x).count()).sum()
        };
        let above = of(&self.from(placed, left), &self.from(placed, right));
        above + of(&self.to(placed, left), &self.to(placed, right))
    }

    /// Where the lines from above come from.
    fn from(&self, placed: &Placed, is: Is) -> Vec<i32> {
        match is {
            Is::Box(at) => {
                self.above[at].iter().filter_map(|it| placed.joins[*it].last().copied()).collect()
            }
            Is::Join(at, 0) => vec![placed.boxes[self.plan.joins[at].upper]],
            Is::Join(at, place) => vec![placed.joins[at][place - 1]],
        }
    }

    /// Where the lines further down lead to.
    fn to(&self, placed: &Placed, is: Is) -> Vec<i32> {
        match is {
            Is::Box(at) => {
                self.below[at].iter().filter_map(|it| placed.joins[*it].first().copied()).collect()
            }
            Is::Join(at, place) => {
                let next = placed.joins[at].get(place + 1).copied();
                vec![next.unwrap_or(placed.boxes[self.plan.joins[at].lower])]
            }
        }
    }
}
