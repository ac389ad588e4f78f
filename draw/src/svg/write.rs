//! Elements and their texts.

use std::fmt::Write as _;

use engine::picture::{Arrow, Kind, Picture, Place, Way};

use crate::layout::{self, BandBox, Curve, Drawing, NodeBox, Rect, Style, TextBlock, TooLarge};
use crate::svg::style::STYLE;
use crate::text::sentence;

/// The length of the point of an arrow and half its width, in pixels.
const TIP: (i32, i32) = (9, 4);
/// The same of an arrow of the marked path, whose line is thicker.
const TAKEN_TIP: (i32, i32) = (12, 7);

/// A picture as an SVG document. The whole of it is said in words in its `desc`.
///
/// # Errors
/// It is too large to be laid out.
pub fn svg(picture: &Picture) -> Result<String, TooLarge> {
    let drawing = layout::lay(picture)?;
    let mut out = String::new();
    let Drawing { width, height, .. } = drawing;
    line(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">"
        ),
    );
    line(&mut out, format_args!("<title>{}</title>", escaped(&title(picture))));
    line(&mut out, format_args!("<desc>{}</desc>", escaped(&description(picture))));
    line(&mut out, format_args!("<style>{STYLE}</style>"));
    line(
        &mut out,
        format_args!("<rect class=\"rp-sheet\" width=\"{width}\" height=\"{height}\"/>"),
    );
    text(&mut out, &drawing.heading, Anchor::Left);
    for it in &drawing.bands {
        band(&mut out, it);
    }
    // Lines first, then labels and boxes: nothing lies over a text.
    for it in &drawing.curves {
        curve(&mut out, picture, it);
    }
    for it in &drawing.curves {
        label(&mut out, picture, it);
    }
    for it in &drawing.bands {
        out.push_str("<g class=\"rp-over\">\n");
        text(&mut out, &it.heading, Anchor::Left);
        out.push_str("</g>\n");
    }
    for it in &drawing.nodes {
        node(&mut out, picture, it);
    }
    for it in &drawing.below {
        text(&mut out, it, Anchor::Left);
    }
    out.push_str("</svg>\n");
    Ok(out)
}

fn title(picture: &Picture) -> String {
    match &picture.path {
        None => picture.title.clone(),
        Some(path) => format!("{}: {path}", picture.title),
    }
}

/// The picture in words, for whoever does not see it.
fn description(picture: &Picture) -> String {
    let n_stages = picture.places.len();
    let mut parts = vec![format!("{} {}, {n_stages} stages.", picture.id, picture.version)];
    let starts = (0..picture.places.len()).filter(|at| picture.places[*at].start);
    parts.extend(starts.map(|at| format!("Cases begin in {}.", picture.name_of(at))));
    for arrow in &picture.arrows {
        for way in &arrow.ways {
            let (from, to) = (picture.name_of(arrow.from), picture.name_of(arrow.to));
            parts.push(format!("From {from} to {to}: {}.", sentence(way)));
        }
    }
    parts.join(" ")
}

fn band(out: &mut String, band: &BandBox) {
    rect(out, "rp-band", &band.rect, 8);
}

fn curve(out: &mut String, picture: &Picture, curve: &Curve) {
    let arrow = &picture.arrows[curve.arrow];
    line(out, format_args!("<g class=\"{}\">", classes(picture, arrow)));
    line(out, format_args!("<title>{}</title>", escaped(&said(picture, arrow))));
    let is_down = ends_downwards(&curve.points);
    let (length, half) = if is_taken(arrow) { TAKEN_TIP } else { TIP };
    let path = path(curve, is_down, length / 2);
    line(out, format_args!("<path class=\"rp-line\" d=\"{path}\"/>"));
    if let Some((x, y)) = curve.points.last() {
        let back = if is_down { y - length } else { y + length };
        let (left, right) = (x - half, x + half);
        line(out, format_args!("<path class=\"rp-tip\" d=\"M{x} {y}L{left} {back}H{right}Z\"/>"));
    }
    out.push_str("</g>\n");
}

/// The line, with a gap where its label stands: nothing has to be painted over.
fn path(curve: &Curve, is_down: bool, shorter: i32) -> String {
    let mut points = curve.points.clone();
    // The line ends inside the point, so that it does not stick out at its end.
    if let Some(last) = points.last_mut() {
        last.1 += if is_down { -shorter } else { shorter };
    }
    let label = &curve.label.rect;
    let mut path = String::new();
    let mut before: Option<(i32, i32)> = None;
    for (at, (x, y)) in points.iter().copied().enumerate() {
        match before {
            None => put(&mut path, format_args!("M{x} {y}")),
            Some((from_x, from_y)) if at % 2 == 0 && from_x != x => {
                let middle = from_y + (y - from_y) / 2;
                put(&mut path, format_args!("C{from_x} {middle} {x} {middle} {x} {y}"));
            }
            Some((_, from_y)) if at % 2 == 1 && is_behind(label, x, from_y, y) => {
                let (near, far) = match is_down {
                    true => (label.y, label.bottom()),
                    false => (label.bottom(), label.y),
                };
                put(&mut path, format_args!("V{near}M{x} {far}V{y}"));
            }
            Some(_) => put(&mut path, format_args!("V{y}")),
        }
        before = Some((x, y));
    }
    path
}

/// Whether a line straight up or down passes behind a label.
fn is_behind(label: &Rect, x: i32, from: i32, to: i32) -> bool {
    let is_between = label.x <= x && x <= label.right();
    is_between && from.min(to) <= label.y && label.bottom() <= from.max(to)
}

fn ends_downwards(points: &[(i32, i32)]) -> bool {
    points.first().map(|it| it.1) < points.last().map(|it| it.1)
}

fn label(out: &mut String, picture: &Picture, curve: &Curve) {
    let is_faint = picture.is_marked() && !is_taken(&picture.arrows[curve.arrow]);
    let class = if is_faint { " class=\"rp-faint\"" } else { "" };
    line(out, format_args!("<g{class}>"));
    text(out, &curve.label, Anchor::Middle);
    out.push_str("</g>\n");
}

fn node(out: &mut String, picture: &Picture, node: &NodeBox) {
    let place = &picture.places[node.place];
    let state = match (picture.is_marked(), place.taken) {
        (false, _) => "",
        (true, true) => " class=\"rp-taken\"",
        (true, false) => " class=\"rp-faint\"",
    };
    line(out, format_args!("<g{state}>"));
    line(out, format_args!("<title>{}</title>", escaped(&in_words(picture, node.place, place))));
    let kind = if place.end { "rp-end" } else { "rp-box" };
    let outside = if place.outside { " rp-outside" } else { "" };
    rect(out, &format!("{kind}{outside}"), &node.rect, 9);
    if place.end {
        let Rect { x, y, width, height } = node.rect;
        let inner = Rect { x: x + 3, y: y + 3, width: width - 6, height: height - 6 };
        rect(out, "rp-inner", &inner, 6);
    }
    if place.start {
        start(out, node, place.taken);
    }
    let height: i32 = node.lines.iter().map(|it| it.style.line_height()).sum();
    let y = node.rect.y + (node.rect.height - height) / 2;
    let block = TextBlock { rect: Rect { y, ..node.rect }, lines: node.lines.clone() };
    lines(out, &block, Anchor::Middle, 0);
    out.push_str("</g>\n");
}

/// A dot and an arrow: cases begin here.
fn start(out: &mut String, node: &NodeBox, is_taken: bool) {
    let (length, half) = if is_taken { TAKEN_TIP } else { TIP };
    let y = node.rect.y + node.rect.height / 2;
    let (x, tip) = (node.outer.x + 8, node.rect.x);
    let (edge, back, above, below) = (x + 6, tip - length, y - half, y + half);
    line(out, format_args!("<circle class=\"rp-dot\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>"));
    line(out, format_args!("<path class=\"rp-line\" d=\"M{edge} {y}H{back}\"/>"));
    line(out, format_args!("<path class=\"rp-tip\" d=\"M{tip} {y}L{back} {above}V{below}Z\"/>"));
}

/// What a place is, for the pointer and for whoever reads the elements.
fn in_words(picture: &Picture, at: usize, place: &Place) -> String {
    let mut parts = vec![picture.name_of(at)];
    if place.start {
        parts.push("cases begin here".to_owned());
    }
    if place.end {
        parts.push("the case is closed".to_owned());
    }
    parts.extend(place.stays.iter().map(|way| format!("stays: {}", sentence(way))));
    parts.join("; ")
}

fn said(picture: &Picture, arrow: &Arrow) -> String {
    let ways: Vec<String> = arrow.ways.iter().map(sentence).collect();
    let (from, to) = (picture.name_of(arrow.from), picture.name_of(arrow.to));
    format!("{from} to {to}: {}", ways.join("; or "))
}

fn is_taken(arrow: &Arrow) -> bool {
    arrow.ways.iter().any(|it| !it.taken.is_empty())
}

fn classes(picture: &Picture, arrow: &Arrow) -> String {
    let is_time = |way: &Way| matches!(way.kind, Kind::After | Kind::Missed | Kind::Lapsed);
    let band = |place: usize| picture.places.get(place).map(|it| it.band);
    let mut names = vec!["rp-arrow"];
    if band(arrow.from) != band(arrow.to) {
        names.push("rp-up");
    }
    if arrow.ways.iter().all(is_time) {
        names.push("rp-time");
    }
    match (picture.is_marked(), is_taken(arrow)) {
        (false, _) => {}
        (true, true) => names.push("rp-taken"),
        (true, false) => names.push("rp-faint"),
    }
    names.join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Left,
    Middle,
}

fn text(out: &mut String, block: &TextBlock, anchor: Anchor) {
    let height: i32 = block.lines.iter().map(|it| it.style.line_height()).sum();
    lines(out, block, anchor, (block.rect.height - height) / 2);
}

fn lines(out: &mut String, block: &TextBlock, anchor: Anchor, padding: i32) {
    let (x, word) = match anchor {
        Anchor::Left => (block.rect.x, "start"),
        Anchor::Middle => (block.rect.x + block.rect.width / 2, "middle"),
    };
    let mut y = block.rect.y + padding;
    for it in &block.lines {
        let height = it.style.line_height();
        // Letters stand on a line about a quarter of their height above the lower side.
        let base = y + height - (height - it.style.size()) / 2 - it.style.size() / 5;
        line(
            out,
            format_args!(
                "<text class=\"rp-text {}\" x=\"{x}\" y=\"{base}\" text-anchor=\"{word}\">{}</text>",
                class(it.style),
                escaped(&it.text)
            ),
        );
        y += height;
    }
}

const fn class(style: Style) -> &'static str {
    match style {
        Style::Heading => "rp-heading",
        Style::Title => "rp-title",
        Style::Strong => "rp-strong",
        Style::Step => "rp-step",
        Style::Plain => "rp-plain",
    }
}

fn rect(out: &mut String, class: &str, rect: &Rect, radius: i32) {
    let Rect { x, y, width, height } = rect;
    line(
        out,
        format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             rx=\"{radius}\"/>"
        ),
    );
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    put(out, text);
    out.push('\n');
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes whatever is written to it.
    let _ = out.write_fmt(text);
}

/// Text as XML takes it: marks are written out, and what XML forbids is replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            it if it.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escaped(text), expected);
    }

    #[test]
    fn nothing_ends_the_text_it_stands_in() {
        check(
            "a < b && c > 'd' \"e\" ]]>",
            "a &lt; b &amp;&amp; c &gt; &#39;d&#39; &quot;e&quot; ]]&gt;",
        );
        check("</text><script>", "&lt;/text&gt;&lt;script&gt;");
    }

    #[test]
    fn what_xml_forbids_is_replaced() {
        check("a\u{0}b\u{1b}c\nd", "a\u{fffd}b\u{fffd}c d");
    }
}
