//! What is true of every drawing.

use draw::layout::{Curve, Drawing, Rect};

/// Checks that nothing overlaps, nothing lies outside and no line runs through a box or a text.
#[track_caller]
pub(crate) fn check(drawing: &Drawing, which: &str) {
    let sheet = Rect { x: 0, y: 0, width: drawing.width, height: drawing.height };
    let mut parts: Vec<(String, Rect)> = vec![("the heading".to_owned(), drawing.heading.rect)];
    for node in &drawing.nodes {
        assert!(node.outer.contains(&node.rect), "{which}: box {}", node.place);
        parts.push((format!("box {}", node.place), node.outer));
    }
    for curve in &drawing.curves {
        parts.push((format!("label {}", curve.arrow), curve.label.rect));
    }
    for (at, block) in drawing.below.iter().enumerate() {
        parts.push((format!("note {at}"), block.rect));
    }
    let headings = drawing.bands.iter().map(|it| (format!("heading {}", it.band), it.heading.rect));
    for (name, rect) in parts.iter().cloned().chain(headings) {
        assert!(sheet.contains(&rect), "{which}: {name} at {rect:?} is not inside {sheet:?}");
    }
    for (at, (name, rect)) in parts.iter().enumerate() {
        for (other_name, other) in &parts[at + 1..] {
            assert!(!rect.overlaps(other), "{which}: {name} {rect:?} and {other_name} {other:?}");
        }
    }
    bands(drawing, which);
    for curve in &drawing.curves {
        line(drawing, curve, which);
    }
}

/// Bands do not overlap; each holds its heading, and its heading no box.
#[track_caller]
fn bands(drawing: &Drawing, which: &str) {
    for (at, band) in drawing.bands.iter().enumerate() {
        assert!(band.rect.contains(&band.heading.rect), "{which}: heading of {band:?}");
        for other in &drawing.bands[at + 1..] {
            assert!(!band.rect.overlaps(&other.rect), "{which}: {band:?} and {other:?}");
        }
        for node in &drawing.nodes {
            let is_apart = !band.rect.overlaps(&node.outer) || band.rect.contains(&node.outer);
            assert!(is_apart, "{which}: {band:?} cuts {node:?}");
            assert!(!band.heading.rect.overlaps(&node.outer), "{which}: heading over {node:?}");
        }
    }
}

/// A line begins and ends at its boxes and touches no other box and no label but its own.
#[track_caller]
fn line(drawing: &Drawing, curve: &Curve, which: &str) {
    assert!(curve.points.len() >= 6 && curve.points.len().is_multiple_of(2), "{which}: {curve:?}");
    let passing: Vec<Rect> = curve.points.windows(2).map(hull).collect();
    let (first, last) = (curve.points[0], curve.points[curve.points.len() - 1]);
    let touches = |rect: &Rect, (x, y): (i32, i32)| {
        rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom()
    };
    let n_ends =
        drawing.nodes.iter().filter(|it| touches(&it.rect, first) || touches(&it.rect, last));
    assert_eq!(n_ends.count(), 2, "{which}: {curve:?}");
    for node in &drawing.nodes {
        let is_crossed = passing.iter().any(|it| it.overlaps(&node.rect));
        assert!(!is_crossed, "{which}: arrow {} runs through box {}", curve.arrow, node.place);
    }
    for other in drawing.curves.iter().filter(|it| it.arrow != curve.arrow) {
        let is_crossed = passing.iter().any(|it| it.overlaps(&other.label.rect));
        assert!(!is_crossed, "{which}: arrow {} runs through label {}", curve.arrow, other.arrow);
    }
}

/// The space that a piece of a line stays within.
fn hull(pair: &[(i32, i32)]) -> Rect {
    let (one, other) = (pair[0], pair[1]);
    Rect {
        x: one.0.min(other.0),
        y: one.1.min(other.1),
        width: (one.0 - other.0).abs(),
        height: (one.1 - other.1).abs(),
    }
}

/// Whether a line runs through the heading of a band.
pub(crate) fn runs_through_a_heading(drawing: &Drawing) -> bool {
    let pieces = drawing.curves.iter().flat_map(|it| it.points.windows(2)).map(hull);
    let mut pieces = pieces.map(|it| Rect { width: it.width + 1, ..it });
    pieces.any(|piece| drawing.bands.iter().any(|it| it.heading.rect.overlaps(&piece)))
}
