//! From a picture to a drawing.

use engine::picture::Picture;

use crate::layout::content::{self, extent};
use crate::layout::ends::{End, spread};
use crate::layout::order::{self, Join, Placed, Plan, Variant};
use crate::layout::rows::Rows;
use crate::layout::{ARROWS_MAX, BandBox, Curve, Drawing, Line, NodeBox, PLACES_MAX, Rect};
use crate::layout::{TextBlock, TooLarge, below, n_crossings};

/// Around the drawing, in pixels.
const MARGIN: i32 = 24;
/// Between the border of a box and its text, in pixels.
const PADDING: (i32, i32) = (14, 9);
/// Between a label and what is around it, in pixels.
const LABEL_PADDING: (i32, i32) = (6, 3);
/// Room for the mark of a start on one side of a box, in pixels.
const START_ROOM: i32 = 34;
/// The narrowest box, in pixels.
const BOX_WIDTH_MIN: i32 = 96;
/// The narrowest drawing, so that its texts have lines of a sensible length, in pixels.
const WIDTH_MIN: i32 = 560;
/// Between two rows, in pixels: more where arrows go far to the side.
const ROW_GAP: (i32, i32) = (26, 58);
/// Inside a band, above and below its rows, in pixels.
const BAND_PADDING: i32 = 14;
/// Between two bands, in pixels.
const BAND_GAP: i32 = 16;
/// At a box a line goes straight so far, so that its point sits well, in pixels.
const STUB: i32 = 11;
/// Room for a line on either side, in pixels.
const LINE_ROOM: i32 = 8;
/// Room on either side for a line whose end may be moved along its box, in pixels.
const SPREAD: i32 = 48;
/// How many ways of ordering are compared at most, as long as arrows cross.
const COMPARED_MAX: usize = 150;
/// How many are compared where none cross, so that the narrowest may be found.
const COMPARED_MIN: usize = 16;
/// How much is laid out in all of them together: boxes, and rows that arrows pass.
const WORK_MAX: usize = 12_000;

/// Lays out a picture.
///
/// # Errors
/// It has more than [`PLACES_MAX`] places or [`ARROWS_MAX`] arrows.
pub fn lay(picture: &Picture) -> Result<Drawing, TooLarge> {
    let (n_places, n_arrows) = (picture.places.len(), picture.arrows.len());
    if n_places > PLACES_MAX || n_arrows > ARROWS_MAX {
        return Err(TooLarge { n_places, n_arrows });
    }
    let sketch = Sketch::of(picture);
    let n_variants = (WORK_MAX / sketch.size().max(1)).clamp(1, COMPARED_MAX);
    let mut best: Option<(Cost, Drawing)> = None;
    for (number, n_tried) in (0u32..).zip(0..n_variants) {
        if n_tried >= COMPARED_MIN && best.as_ref().is_some_and(|it| it.0.n_crossings == 0) {
            break;
        }
        let drawing = sketch.drawn(&order::placed(&sketch.plan, Variant(number)));
        let cost = Cost::of(&drawing);
        // Of equally good ones the first is taken.
        if best.as_ref().is_none_or(|it| cost < it.0) {
            best = Some((cost, drawing));
        }
    }
    Ok(best.map(|(_, drawing)| drawing).unwrap_or_default())
}

/// How bad a drawing is, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    n_crossings: usize,
    /// How far arrows go to the side, in pixels.
    sideways: i64,
    width: i32,
}

impl Cost {
    fn of(drawing: &Drawing) -> Self {
        let sideways = |curve: &Curve| -> i64 {
            curve.points.windows(2).map(|it| i64::from((it[0].0 - it[1].0).abs())).sum()
        };
        Self {
            n_crossings: n_crossings(&drawing.curves),
            sideways: drawing.curves.iter().map(sideways).sum(),
            width: drawing.width,
        }
    }
}

/// What is known before anything has a place.
struct Sketch<'a> {
    picture: &'a Picture,
    rows: Rows,
    plan: Plan,
    boxes: Vec<Vec<Line>>,
    labels: Vec<Vec<Line>>,
}

impl<'a> Sketch<'a> {
    fn of(picture: &'a Picture) -> Self {
        let rows = Rows::of(picture);
        let boxes: Vec<Vec<Line>> = picture.places.iter().map(content::of_place).collect();
        let labels: Vec<Vec<Line>> = picture.arrows.iter().map(content::of_arrow).collect();
        let widths = picture.places.iter().zip(&boxes).zip(&rows.of);
        let plan = Plan {
            boxes: widths
                .map(|((place, lines), row)| {
                    let room = if place.start { 2 * START_ROOM } else { 0 };
                    (box_size(lines).0 + room, *row)
                })
                .collect(),
            joins: picture
                .arrows
                .iter()
                .zip(&labels)
                .zip(&rows.leads_up)
                .map(|((arrow, lines), leads_up)| {
                    let (upper, lower) = match leads_up {
                        true => (arrow.to, arrow.from),
                        false => (arrow.from, arrow.to),
                    };
                    // The way of an ordinary case goes straight down.
                    let is_next = !leads_up && lower == upper + 1;
                    let label_width = extent(lines).0 + 2 * LABEL_PADDING.0;
                    Join { upper, lower, label_width, weight: if is_next { 4 } else { 1 } }
                })
                .collect(),
        };
        Self { picture, rows, plan, boxes, labels }
    }

    /// How much there is to lay out: boxes, and rows that arrows pass.
    fn size(&self) -> usize {
        let rows = |join: &Join| self.plan.boxes[join.lower].1 - self.plan.boxes[join.upper].1;
        self.plan.boxes.len() + self.plan.joins.iter().map(|it| 2 * rows(it)).sum::<usize>()
    }

    fn drawn(&self, placed: &Placed) -> Drawing {
        let (left, right) = (self.leftmost(placed), self.rightmost(placed));
        let width = (right - left + 2 * (MARGIN + BAND_PADDING)).max(WIDTH_MIN);
        let shift = self.shift(placed, width);
        let text_width = width - 2 * MARGIN;
        let heading = content::heading(self.picture, text_width);
        let (heading_width, heading_height) = extent(&heading);
        let heading = TextBlock {
            rect: Rect { x: MARGIN, y: MARGIN, width: heading_width, height: heading_height },
            lines: heading,
        };
        let top = heading.rect.bottom() + 20;
        let (heights, bands, bottom) = self.heights(placed, top, width);
        let nodes = self.nodes(placed, shift, &heights);
        let curves = self.curves(placed, shift, &heights, &nodes);
        let below = below::below(self.picture, MARGIN, bottom + 24, text_width);
        let last = below.last().map_or(bottom, |it| it.rect.bottom());
        Drawing { width, height: last + MARGIN, heading, bands, nodes, curves, below }
    }

    fn leftmost(&self, placed: &Placed) -> i32 {
        self.extremes(placed).map(|(x, width)| x - (width + 1) / 2).min().unwrap_or(0)
    }

    fn rightmost(&self, placed: &Placed) -> i32 {
        self.extremes(placed).map(|(x, width)| x + (width + 1) / 2).max().unwrap_or(0)
    }

    /// The middle and the width of everything.
    fn extremes(&self, placed: &Placed) -> impl Iterator<Item = (i32, i32)> {
        let boxes = placed.boxes.iter().zip(&self.plan.boxes).map(|(x, it)| (*x, it.0));
        let labels = placed.joins.iter().zip(&self.plan.joins);
        let labels = labels.filter_map(|(xs, it)| Some((*xs.get(xs.len() / 2)?, it.label_width)));
        let lines = placed.joins.iter().flatten().map(|x| (*x, 4));
        boxes.chain(labels).chain(lines).collect::<Vec<_>>().into_iter()
    }

    /// Where each row begins and ends, the bands around them, and where all of it ends.
    fn heights(&self, placed: &Placed, top: i32, width: i32) -> (Heights, Vec<BandBox>, i32) {
        let n_rows = self.plan.boxes.iter().map(|it| 2 * it.1 + 1).max().unwrap_or(0);
        let mut tall = vec![0; n_rows];
        for (lines, row) in self.boxes.iter().zip(&self.rows.of) {
            tall[2 * row] = tall[2 * row].max(box_size(lines).1);
        }
        for (lines, join) in self.labels.iter().zip(&self.plan.joins) {
            let row = self.plan.boxes[join.upper].1 + self.plan.boxes[join.lower].1;
            tall[row] = tall[row].max(extent(lines).1 + 2 * LABEL_PADDING.1);
        }
        let far = self.far(placed, n_rows);
        let mut rows = Vec::with_capacity(n_rows);
        let mut bands: Vec<BandBox> = Vec::new();
        let mut y = top;
        for row in 0..n_rows {
            if row > 0 {
                y += (ROW_GAP.0 + far[row] / 9).min(ROW_GAP.1);
            }
            // What comes down from the band before bends above the heading.
            let enter = y;
            if let Some(band) = self.band_that_begins(row) {
                y += if row > 0 { BAND_GAP } else { 0 };
                let block = self.band_heading(placed, row, band, width, y + BAND_PADDING / 2);
                let rect = Rect { x: MARGIN, y, width: width - 2 * MARGIN, height: 0 };
                y = block.rect.bottom() + BAND_PADDING;
                bands.push(BandBox { band, rect, heading: block });
            }
            let enter = if row > 0 { enter } else { y };
            rows.push(Row { enter, top: y, bottom: y + tall[row] });
            y += tall[row];
            if let Some(band) = bands.last_mut().filter(|_| self.band_that_ends(row)) {
                y += BAND_PADDING;
                band.rect.height = y - band.rect.y;
            }
        }
        (Heights { rows }, bands, y)
    }

    /// The heading of a band, at the left or farther to the right where lines would run through it.
    fn band_heading(
        &self,
        placed: &Placed,
        row: usize,
        band: usize,
        width: i32,
        y: i32,
    ) -> TextBlock {
        let (left, right) = (MARGIN + BAND_PADDING, width - MARGIN - BAND_PADDING);
        let lines = content::of_band(&self.picture.bands[band], right - left);
        let (text, height) = extent(&lines);
        let shift = self.shift(placed, width);
        let mut passing: Vec<i32> = Vec::new();
        for (xs, join) in placed.joins.iter().zip(&self.plan.joins) {
            let first_row = 2 * self.plan.boxes[join.upper].1;
            let last_row = 2 * self.plan.boxes[join.lower].1;
            if first_row < row && row <= last_row {
                let x = xs.get(row - first_row - 1).or(xs.last());
                // An arrow that arrives here may be moved along its box.
                let spread = if row == last_row { SPREAD } else { LINE_ROOM };
                let x = x.copied().unwrap_or_default() + shift;
                passing.extend([x - spread, x + spread]);
            }
        }
        let is_free = |x: i32| {
            let is_clear = |pair: &[i32]| x + text <= pair[0] || pair[1] <= x;
            x + text <= right && passing.chunks(2).all(is_clear)
        };
        let mut places: Vec<i32> = passing.iter().copied().filter(|x| *x > left).collect();
        places.sort_unstable();
        let x = std::iter::once(left).chain(places).find(|x| is_free(*x)).unwrap_or(left);
        TextBlock { rect: Rect { x, y, width: text, height }, lines }
    }

    /// How far everything is moved to the right, so that it stands in the middle.
    fn shift(&self, placed: &Placed, width: i32) -> i32 {
        let (left, right) = (self.leftmost(placed), self.rightmost(placed));
        (width - (right - left)) / 2 - left
    }

    /// How far to the side the farthest line goes on its way to each row.
    fn far(&self, placed: &Placed, n_rows: usize) -> Vec<i32> {
        let mut far = vec![0; n_rows];
        for (xs, join) in placed.joins.iter().zip(&self.plan.joins) {
            let all: Vec<i32> = std::iter::once(placed.boxes[join.upper])
                .chain(xs.iter().copied())
                .chain([placed.boxes[join.lower]])
                .collect();
            let first_row = 2 * self.plan.boxes[join.upper].1;
            for (place, pair) in all.windows(2).enumerate() {
                let row = first_row + place + 1;
                far[row] = far[row].max((pair[0] - pair[1]).abs());
            }
        }
        far
    }

    fn band_that_begins(&self, row: usize) -> Option<usize> {
        let first = |band: usize| self.rows_of(band).min();
        (0..self.picture.bands.len()).find(|band| first(*band) == Some(row))
    }

    fn band_that_ends(&self, row: usize) -> bool {
        (0..self.picture.bands.len()).any(|band| self.rows_of(band).max() == Some(row))
    }

    fn rows_of(&self, band: usize) -> impl Iterator<Item = usize> {
        let places = self.picture.places.iter().zip(&self.rows.of);
        places.filter(move |(place, _)| place.band == band).map(|(_, row)| 2 * row)
    }

    fn nodes(&self, placed: &Placed, shift: i32, heights: &Heights) -> Vec<NodeBox> {
        let each = self.boxes.iter().zip(&self.rows.of).zip(&placed.boxes).enumerate();
        each.map(|(place, ((lines, row), x))| {
            let (width, height) = box_size(lines);
            let Row { top, bottom, .. } = heights.rows[2 * row];
            let rect = Rect {
                x: x + shift - width / 2,
                y: top + (bottom - top - height) / 2,
                width,
                height,
            };
            let room = if self.picture.places[place].start { START_ROOM } else { 0 };
            let outer = Rect { x: rect.x - room, width: rect.width + room, ..rect };
            NodeBox { place, rect, outer, lines: lines.clone() }
        })
        .collect()
    }

    fn curves(
        &self,
        placed: &Placed,
        shift: i32,
        heights: &Heights,
        nodes: &[NodeBox],
    ) -> Vec<Curve> {
        let mut below: Vec<Vec<End>> = vec![Vec::new(); nodes.len()];
        let mut above: Vec<Vec<End>> = vec![Vec::new(); nodes.len()];
        for (curve, (xs, join)) in placed.joins.iter().zip(&self.plan.joins).enumerate() {
            let wish = |x: Option<&i32>| x.copied().unwrap_or_default() + shift;
            below[join.upper].push(End { curve, wish: wish(xs.first()) });
            above[join.lower].push(End { curve, wish: wish(xs.last()) });
        }
        let n_curves = self.plan.joins.len();
        let (mut leaves, mut arrives) = (vec![0; n_curves], vec![0; n_curves]);
        for (node, (below, above)) in nodes.iter().zip(below.into_iter().zip(above)) {
            for (curve, x) in spread(node, below) {
                leaves[curve] = x;
            }
            for (curve, x) in spread(node, above) {
                arrives[curve] = x;
            }
        }
        let each = placed.joins.iter().zip(&self.plan.joins).enumerate();
        each.map(|(arrow, (xs, join))| {
            let first_row = 2 * self.plan.boxes[join.upper].1;
            let (upper, lower) = (&nodes[join.upper].rect, &nodes[join.lower].rect);
            let mut points = vec![(leaves[arrow], upper.bottom())];
            let bend = heights.rows[first_row].bottom.max(upper.bottom() + STUB);
            points.push((leaves[arrow], bend));
            for (place, x) in xs.iter().enumerate() {
                let Row { enter, bottom, .. } = heights.rows[first_row + 1 + place];
                points.extend([(x + shift, enter), (x + shift, bottom)]);
            }
            let last_row = first_row + 1 + xs.len();
            let bend = heights.rows[last_row].enter.min(lower.y - STUB);
            points.push((arrives[arrow], bend));
            points.push((arrives[arrow], lower.y));
            if self.rows.leads_up[arrow] {
                points.reverse();
            }
            let middle = xs.get(xs.len() / 2).copied().unwrap_or_default() + shift;
            let label = self.label(arrow, middle, heights.rows[first_row + 1 + xs.len() / 2]);
            Curve { arrow, points, label }
        })
        .collect()
    }

    fn label(&self, arrow: usize, middle: i32, row: Row) -> TextBlock {
        let lines = self.labels[arrow].clone();
        let (width, height) = extent(&lines);
        let (width, height) = (width + 2 * LABEL_PADDING.0, height + 2 * LABEL_PADDING.1);
        let y = row.top + (row.bottom - row.top - height) / 2;
        TextBlock { rect: Rect { x: middle - width / 2, y, width, height }, lines }
    }
}

/// Where each row begins and ends.
struct Heights {
    rows: Vec<Row>,
}

/// A row, from top to bottom.
#[derive(Clone, Copy)]
struct Row {
    /// Where lines that come from above have bent: above the heading of a band.
    enter: i32,
    top: i32,
    bottom: i32,
}

fn box_size(lines: &[Line]) -> (i32, i32) {
    let (width, height) = extent(lines);
    ((width + 2 * PADDING.0).max(BOX_WIDTH_MIN), height + 2 * PADDING.1)
}
