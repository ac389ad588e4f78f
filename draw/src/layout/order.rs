//! The one door to the crate `dagre`: from rows to places from left to right.
//!
//! What comes out is repaired (`repair`), so that nothing overlaps whatever the crate does. The
//! crate counts in floating point; everything outside this file is in whole pixels.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, Ranker};

use crate::layout::repair;

/// Between two boxes in a row, in pixels.
pub(crate) const BOX_GAP: i32 = 36;
/// Between two lines that pass through a row, in pixels.
pub(crate) const LINE_GAP: i32 = 18;
/// A place that stands nowhere in particular, so that the crate sees one connected graph.
const ROOT: &str = "root";

/// What is laid out: boxes in rows, and what joins them, leading down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Width and row of each box.
    pub boxes: Vec<(i32, usize)>,
    /// What joins them: the upper box, the lower box, the width of the label, the weight.
    pub joins: Vec<Join>,
}

/// What joins two boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Join {
    pub upper: usize,
    pub lower: usize,
    pub label_width: i32,
    pub weight: i32,
}

/// Where everything is from left to right. Rows are doubled: boxes are in the even ones, labels
/// may be in any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placed {
    /// The middle of each box.
    pub boxes: Vec<i32>,
    /// For each join, where it passes each row strictly between its boxes, from the top. The
    /// middle one of these carries the label.
    pub joins: Vec<Vec<i32>>,
}

/// One of the ways to ask the crate: it settles ties by the order in which it is told things. The
/// first few are the order of the file and its reverse, the others are shuffled by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variant(pub u32);

impl Variant {
    /// The first `count` numbers in the order of this variant.
    fn order(self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        match self.0 / 2 {
            0 => {}
            1 => order.reverse(),
            number => {
                let mut state = u64::from(number).wrapping_mul(MIX);
                order.sort_by_cached_key(|_| {
                    state = state.wrapping_mul(MIX).wrapping_add(1);
                    state >> 32
                });
            }
        }
        order
    }
}

/// The multiplier of a common generator of sequences.
const MIX: u64 = 6_364_136_223_846_793_005;

/// Asks the crate.
pub(crate) fn placed(plan: &Plan, variant: Variant) -> Placed {
    let options = GraphOptions { directed: true, multigraph: true, compound: false };
    let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(options);
    let boxes = variant.order(plan.boxes.len());
    let joins = variant.order(plan.joins.len());
    graph.set_node(ROOT.to_owned(), Some(NodeLabel::default()));
    for at in &boxes {
        let width = f64::from(plan.boxes[*at].0);
        graph.set_node(name(*at), Some(NodeLabel { width, height: 1.0, ..NodeLabel::default() }));
    }
    for at in first_of_each_part(plan) {
        let label =
            EdgeLabel { minlen: rows_between(0, plan.boxes[at].1 + 1), weight: 0, ..plain() };
        graph.set_edge(ROOT.to_owned(), name(at), Some(label), None);
    }
    for at in &joins {
        let join = plan.joins[*at];
        let label = EdgeLabel {
            minlen: rows_between(plan.boxes[join.upper].1, plan.boxes[join.lower].1),
            weight: join.weight,
            width: f64::from(join.label_width),
            height: 1.0,
            ..plain()
        };
        let own = at.to_string();
        graph.set_edge(name(join.upper), name(join.lower), Some(label), Some(own.as_str()));
    }
    dagre::layout(
        &mut graph,
        Some(LayoutOptions {
            nodesep: f64::from(BOX_GAP),
            edgesep: f64::from(LINE_GAP),
            ranksep: 20.0,
            ranker: Ranker::NetworkSimplex,
            tie_keep_first: variant.0 % 2 == 1,
            ..LayoutOptions::default()
        }),
    );
    let mut placed = read(plan, &graph);
    repair::untangle(plan, &mut placed);
    repair::part(plan, &mut placed);
    placed
}

fn plain() -> EdgeLabel {
    EdgeLabel { labelpos: dagre::layout::types::LabelPos::Center, ..EdgeLabel::default() }
}

fn name(at: usize) -> String {
    format!("b{at}")
}

fn rows_between(upper: usize, lower: usize) -> i32 {
    i32::try_from(lower.saturating_sub(upper)).unwrap_or(i32::MAX)
}

/// A box of each part of the plan that no join connects with the others: the first in the first
/// row of the part.
fn first_of_each_part(plan: &Plan) -> Vec<usize> {
    let mut part: Vec<usize> = (0..plan.boxes.len()).collect();
    let mut is_new = true;
    while is_new {
        is_new = false;
        for join in &plan.joins {
            let least = part[join.upper].min(part[join.lower]);
            is_new |= part[join.upper] != least || part[join.lower] != least;
            part[join.upper] = least;
            part[join.lower] = least;
        }
    }
    let mut parts: Vec<usize> = part.clone();
    parts.sort_unstable();
    parts.dedup();
    let first = |of: usize| {
        let members = (0..plan.boxes.len()).filter(|it| part[*it] == of);
        members.min_by_key(|it| plan.boxes[*it].1)
    };
    parts.into_iter().filter_map(first).collect()
}

fn read(plan: &Plan, graph: &Graph<NodeLabel, EdgeLabel>) -> Placed {
    let of_box = |at: usize| graph.node(&name(at)).and_then(|it| it.x).map_or(0, whole);
    let boxes: Vec<i32> = (0..plan.boxes.len()).map(of_box).collect();
    let of_join = |(at, join): (usize, &Join)| {
        let own = at.to_string();
        let label = graph.edge(&name(join.upper), &name(join.lower), Some(own.as_str()));
        let points = label.map_or(&[][..], |it| &it.points);
        // The first and the last lie on the borders of the boxes.
        let inner = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
        let n_rows = 2 * (plan.boxes[join.lower].1 - plan.boxes[join.upper].1) - 1;
        match inner.len() == n_rows {
            true => inner.iter().map(|it| whole(it.x)).collect(),
            // Never seen; a straight way down is a way all the same, and is repaired.
            false => vec![boxes[join.upper]; n_rows],
        }
    };
    let joins = plan.joins.iter().enumerate().map(of_join).collect();
    Placed { boxes, joins }
}

#[expect(clippy::cast_possible_truncation, reason = "held within a million pixels")]
fn whole(x: f64) -> i32 {
    x.round().clamp(-1e6, 1e6) as i32
}
