//! What is written where, broken into lines.

use engine::picture::{Arrow, Band, Kind, Picture, Place, Way, Within};

use crate::layout::{Line, Style};
use crate::words::{width, wrapped};

/// The widest text in a box, in pixels.
const BOX_TEXT_WIDTH_MAX: i32 = 190;
/// The widest text on an arrow, in pixels.
const LABEL_TEXT_WIDTH_MAX: i32 = 180;

/// Adds a text, broken where it is too wide.
pub(crate) fn add(lines: &mut Vec<Line>, text: &str, style: Style, width_max: i32) {
    let broken = wrapped(text, width_max, style.size(), style.weight());
    lines.extend(broken.into_iter().map(|text| Line { text, style }));
}

/// The width and height of lines below one another, in pixels.
pub(crate) fn extent(lines: &[Line]) -> (i32, i32) {
    let widths = lines.iter().map(|it| width(&it.text, it.style.size(), it.style.weight()));
    let height = lines.iter().map(|it| it.style.line_height()).sum();
    (widths.max().unwrap_or(0), height)
}

/// What stands in the box of a place.
pub(crate) fn of_place(place: &Place) -> Vec<Line> {
    let mut lines = Vec::new();
    said_of_place(place, |text, style| add(&mut lines, text, style, BOX_TEXT_WIDTH_MAX));
    lines
}

/// The same, for others to break.
pub(crate) fn all_lines_of_place(place: &Place) -> Vec<String> {
    let mut lines = Vec::new();
    said_of_place(place, |text, _| lines.push(text.to_owned()));
    lines
}

fn said_of_place(place: &Place, mut add: impl FnMut(&str, Style)) {
    add(&place.title, Style::Title);
    if let Some(owner) = &place.owner {
        add(owner, Style::Plain);
    }
    if !place.pauses.is_empty() {
        add(&format!("stands still: {}", place.pauses.join(", ")), Style::Plain);
    }
    let (taken, others): (Vec<&Way>, Vec<&Way>) =
        place.stays.iter().partition(|it| !it.taken.is_empty());
    for way in taken {
        add(&numbered(way, ""), Style::Step);
    }
    let mut names: Vec<String> = others.iter().map(|it| it.heading()).collect();
    names.dedup();
    if !names.is_empty() {
        add(&format!("also: {}", names.join(", ")), Style::Plain);
    }
}

/// What is said on an arrow.
pub(crate) fn of_arrow(arrow: &Arrow) -> Vec<Line> {
    let mut lines = Vec::new();
    said_of_arrow(arrow, |text, style| add(&mut lines, text, style, LABEL_TEXT_WIDTH_MAX));
    lines
}

/// The same, for others to break.
pub(crate) fn all_lines_of_arrow(arrow: &Arrow) -> Vec<String> {
    let mut lines = Vec::new();
    said_of_arrow(arrow, |text, _| lines.push(text.to_owned()));
    lines
}

fn said_of_arrow(arrow: &Arrow, mut add: impl FnMut(&str, Style)) {
    for (at, way) in arrow.ways.iter().enumerate() {
        let style = if way.taken.is_empty() { Style::Strong } else { Style::Step };
        add(&numbered(way, if at == 0 { "" } else { "or " }), style);
        for text in details(way) {
            add(&text, Style::Plain);
        }
    }
}

/// What leads on, after the steps of the path that take it: `2, 5 · answer_sent`.
fn numbered(way: &Way, or: &str) -> String {
    if way.taken.is_empty() {
        return format!("{or}{}", way.heading());
    }
    let steps: Vec<String> = way.taken.iter().map(ToString::to_string).collect();
    format!("{} · {or}{}", steps.join(", "), way.heading())
}

/// Who does it, when it is chosen, and within which terms.
pub(crate) fn details(way: &Way) -> Vec<String> {
    let mut found = Vec::new();
    if !way.who.is_empty() {
        let who = any_of(&way.who);
        found.push(match way.kind {
            Kind::Missed | Kind::Lapsed => format!("owed by {who}"),
            _ => format!("by {who}"),
        });
    }
    if let Some(condition) = Some(way.condition()).filter(|it| !it.is_empty()) {
        found.extend(condition.split("; ").map(str::to_owned));
    }
    let terms: Vec<&Within> = way.within.iter().filter(|it| !it.by_stage).collect();
    for within in &terms {
        let is_phrase = within.term.starts_with("by ") || within.term == "promptly";
        let word = match way.kind {
            _ if is_phrase => "",
            Kind::Missed | Kind::Lapsed => "after ",
            _ => "within ",
        };
        // Of several it must be said which is which.
        let name = if terms.len() > 1 { format!("{}: ", within.deadline) } else { String::new() };
        found.push(format!("{name}{word}{}", within.term));
    }
    found
}

/// "agent, officer or manager".
pub(crate) fn any_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What stands above a band.
pub(crate) fn of_band(band: &Band, width_max: i32) -> Vec<Line> {
    let mut lines = Vec::new();
    add(&mut lines, &band.title, Style::Strong, width_max);
    let mut text = format!("handled by {}", band.handler);
    if let Some(when) = &band.start_when {
        text = format!("{text}; cases begin here if {when}");
    }
    add(&mut lines, &text, Style::Plain, width_max);
    lines
}

/// What stands above the drawing.
pub(crate) fn heading(picture: &Picture, width_max: i32) -> Vec<Line> {
    let mut lines = Vec::new();
    add(&mut lines, &picture.title, Style::Heading, width_max);
    let named = format!("{} {}", picture.id, picture.version);
    add(&mut lines, &named, Style::Plain, width_max);
    if let Some(title) = &picture.path {
        add(&mut lines, &format!("Marked: {title}"), Style::Step, width_max);
    }
    lines
}
