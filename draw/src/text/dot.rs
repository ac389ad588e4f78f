//! A picture in the language of Graphviz.

use engine::picture::{Arrow, Picture, Place};

use crate::layout::{all_lines_of_arrow, all_lines_of_place, note_line};
use crate::text::mermaid::{is_taken, is_time};
use crate::words::one_line;

/// The picture as DOT. Rungs are clusters, what holds in many stages is a note.
#[must_use]
pub fn dot(picture: &Picture) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&picture.id));
    let heading = [one_line(&picture.title), format!("{} {}", picture.id, picture.version)];
    let marked = picture.path.iter().map(|it| format!("Marked: {}", one_line(it)));
    let heading: Vec<String> = heading.into_iter().chain(marked).collect();
    out.push_str(&format!("  label={};\n  labelloc=t;\n", quoted(&heading.join("\n"))));
    out.push_str("  node [shape=box, style=rounded, fontname=\"Helvetica\"];\n");
    out.push_str("  edge [fontname=\"Helvetica\", fontsize=10];\n");
    if picture.bands.is_empty() {
        for (at, place) in picture.places.iter().enumerate() {
            out.push_str(&format!("  {}", node(picture, at, place)));
        }
    }
    for (number, band) in picture.bands.iter().enumerate() {
        let label = quoted(&format!("{}\nhandled by {}", band.title, band.handler));
        out.push_str(&format!("  subgraph cluster_{number} {{\n    label={label};\n"));
        let places = picture.places.iter().enumerate().filter(|(_, it)| it.band == number);
        for (at, place) in places {
            out.push_str(&format!("    {}", node(picture, at, place)));
        }
        out.push_str("  }\n");
    }
    for arrow in &picture.arrows {
        out.push_str(&format!("  {}", edge(picture, arrow)));
    }
    let notes: Vec<String> = picture.notes.iter().map(note_line).collect();
    if !notes.is_empty() {
        // Each line ends with the sign that sets it to the left.
        let lines = notes.iter().map(|it| format!("{}\\l", escaped(&one_line(it))));
        let label = lines.collect::<String>();
        out.push_str(&format!("  notes [shape=note, style=solid, label=\"{label}\"];\n"));
    }
    out.push_str("}\n");
    out
}

fn node(picture: &Picture, at: usize, place: &Place) -> String {
    let mut attributes = vec![format!("label={}", quoted(&all_lines_of_place(place).join("\n")))];
    if place.end {
        attributes.push("peripheries=2".to_owned());
    }
    let mut styles = vec!["rounded"];
    if place.start {
        styles.push("bold");
    }
    if place.outside {
        styles.push("dotted");
    }
    attributes.push(format!("style={}", quoted(&styles.join(","))));
    attributes.extend(marks(picture, place.taken));
    format!("n{at} [{}];\n", attributes.join(", "))
}

fn edge(picture: &Picture, arrow: &Arrow) -> String {
    let mut attributes = vec![format!("label={}", quoted(&all_lines_of_arrow(arrow).join("\n")))];
    if is_time(arrow) {
        attributes.push("style=dashed".to_owned());
    }
    attributes.extend(marks(picture, is_taken(arrow)));
    format!("n{} -> n{} [{}];\n", arrow.from, arrow.to, attributes.join(", "))
}

fn marks(picture: &Picture, is_taken: bool) -> Vec<String> {
    match (picture.is_marked(), is_taken) {
        (false, _) => Vec::new(),
        (true, true) => vec!["penwidth=3".to_owned(), "color=\"#b35900\"".to_owned()],
        (true, false) => vec!["color=gray70".to_owned(), "fontcolor=gray50".to_owned()],
    }
}

/// Text in quotes. What looks like an escape is none.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            it if it.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_text_stays_within_its_quotes() {
        assert_eq!(quoted("a \"b\" \\N c\nd"), "\"a \\\"b\\\" \\\\N c\\nd\"");
    }
}
