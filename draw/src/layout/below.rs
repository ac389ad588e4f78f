//! What stands below the drawing: what holds in many places, and how to read the signs.

use engine::picture::{Kind, Note, Picture};

use crate::layout::content::{add, any_of, extent};
use crate::layout::{Line, Rect, Style, TextBlock};

/// From one note to the next, in pixels.
const GAP: i32 = 8;

/// The blocks below a drawing that ends at `top`.
pub(crate) fn below(picture: &Picture, left: i32, top: i32, width_max: i32) -> Vec<TextBlock> {
    let mut blocks = Vec::new();
    let mut y = top;
    let mut push = |lines: Vec<Line>| {
        let (width, height) = extent(&lines);
        blocks.push(TextBlock { rect: Rect { x: left, y, width, height }, lines });
        y += height + GAP;
    };
    let (of_time, of_people): (Vec<&Note>, Vec<&Note>) =
        picture.notes.iter().partition(|it| is_clock(it));
    for (title, notes) in [("In many stages", of_people), ("When a term runs out", of_time)] {
        if !notes.is_empty() {
            push(vec![Line { text: title.to_owned(), style: Style::Title }]);
        }
        for note in notes {
            let mut lines = Vec::new();
            add(&mut lines, &note.way.heading(), Style::Strong, width_max);
            add(&mut lines, &said(note), Style::Plain, width_max);
            push(lines);
        }
    }
    let mut lines = Vec::new();
    add(&mut lines, &signs(picture), Style::Plain, width_max);
    push(lines);
    blocks
}

/// A note without its heading, as one sentence.
pub(crate) fn said(note: &Note) -> String {
    let mut parts = Vec::new();
    let where_to = note.to.as_ref().map_or_else(String::new, |it| format!(" to {it}"));
    let is_clock = is_clock(note);
    if is_clock && note.to.is_none() {
        parts.push("the case stays where it is".to_owned());
    } else if note.to.is_none() {
        parts.push(format!("in {}, and stays there", note.from));
    } else {
        parts.push(format!("from {}{where_to}", note.from));
    }
    if !note.way.who.is_empty() {
        let who = any_of(&note.way.who);
        parts.push(if is_clock { format!("owed by {who}") } else { format!("by {who}") });
    }
    parts.extend(Some(note.way.condition()).filter(|it| !it.is_empty()));
    for within in &note.way.within {
        let term = &within.term;
        parts.push(match is_clock {
            true if term.starts_with("by the date") => format!("due {term}"),
            true => format!("its term is {term}"),
            false => format!("{}: {term}", within.deadline),
        });
    }
    parts.extend(note.way.follows.iter().cloned());
    parts.join("; ")
}

const fn is_clock(note: &Note) -> bool {
    matches!(note.way.kind, Kind::Missed | Kind::Lapsed)
}

/// A note as one line.
pub(crate) fn note_line(note: &Note) -> String {
    format!("{}: {}", note.way.heading(), said(note))
}

/// What the signs mean, as far as they are in this picture.
fn signs(picture: &Picture) -> String {
    let mut parts = vec!["dot: cases begin here", "double border: the case is closed"];
    let is_time = |kind: Kind| matches!(kind, Kind::After | Kind::Missed | Kind::Lapsed);
    if picture.arrows.iter().any(|it| it.ways.iter().all(|way| is_time(way.kind))) {
        parts.push("dashed arrow: time alone leads on");
    }
    if picture.places.iter().any(|it| it.outside) {
        parts.push("dotted border: on another rung");
    }
    if picture.is_marked() {
        parts.push("thick, with numbers: the steps of the marked path");
    }
    format!("Signs – {}.", parts.join("; "))
}
