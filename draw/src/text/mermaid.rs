//! A picture as a flow chart of Mermaid, which many wikis draw.

use engine::picture::{Arrow, Kind, Picture, Place};

use crate::layout::{all_lines_of_arrow, all_lines_of_place, note_line};

/// The picture as Mermaid. A flow chart, because a state diagram has no arrows between places of
/// two rungs. Places have numbers for names, so that none is a word of the language.
#[must_use]
pub fn mermaid(picture: &Picture) -> String {
    let mut out = format!("---\ntitle: {}\n---\nflowchart TD\n", yaml(&picture.title));
    out.push_str(&format!("  %% {}\n", comment(&format!("{} {}", picture.id, picture.version))));
    if let Some(path) = &picture.path {
        out.push_str(&format!("  %% marked: {}\n", comment(path)));
    }
    if picture.bands.is_empty() {
        for (at, place) in picture.places.iter().enumerate() {
            out.push_str(&format!("  {}\n", node(at, place)));
        }
    }
    for (number, band) in picture.bands.iter().enumerate() {
        let label = label(&[band.title.clone(), format!("handled by {}", band.handler)]);
        out.push_str(&format!("  subgraph b{number}[\"{label}\"]\n"));
        let places = picture.places.iter().enumerate().filter(|(_, it)| it.band == number);
        for (at, place) in places {
            out.push_str(&format!("    {}\n", node(at, place)));
        }
        out.push_str("  end\n");
    }
    for arrow in &picture.arrows {
        out.push_str(&format!("  {}\n", edge(arrow)));
    }
    if !picture.notes.is_empty() {
        let lines: Vec<String> = picture.notes.iter().map(note_line).collect();
        out.push_str(&format!("  notes[\"{}\"]\n", label(&lines)));
    }
    if picture.is_marked() {
        out.push_str("  classDef taken stroke-width:3px\n  classDef faint opacity:0.5\n");
        for (class, is_wanted) in [("taken", true), ("faint", false)] {
            let places = picture.places.iter().enumerate().filter(|it| it.1.taken == is_wanted);
            let names: Vec<String> = places.map(|(at, _)| format!("n{at}")).collect();
            if !names.is_empty() {
                out.push_str(&format!("  class {} {class}\n", names.join(",")));
            }
        }
    }
    out
}

fn node(at: usize, place: &Place) -> String {
    let label = label(&all_lines_of_place(place));
    match (place.start, place.end) {
        (true, _) => format!("n{at}([\"{label}\"])"),
        (false, true) => format!("n{at}[[\"{label}\"]]"),
        (false, false) => format!("n{at}[\"{label}\"]"),
    }
}

fn edge(arrow: &Arrow) -> String {
    let Arrow { from, to, .. } = arrow;
    let label = label(&all_lines_of_arrow(arrow));
    match (is_taken(arrow), is_time(arrow)) {
        (true, _) => format!("n{from} == \"{label}\" ==> n{to}"),
        (false, true) => format!("n{from} -. \"{label}\" .-> n{to}"),
        (false, false) => format!("n{from} -- \"{label}\" --> n{to}"),
    }
}

pub(crate) fn is_taken(arrow: &Arrow) -> bool {
    arrow.ways.iter().any(|it| !it.taken.is_empty())
}

/// Whether time alone takes an arrow.
pub(crate) fn is_time(arrow: &Arrow) -> bool {
    arrow.ways.iter().all(|it| matches!(it.kind, Kind::After | Kind::Missed | Kind::Lapsed))
}

/// Lines as a label in quotes. Marks are written as Mermaid's entities.
fn label(lines: &[String]) -> String {
    lines.iter().map(|it| entities(it)).collect::<Vec<_>>().join("<br/>")
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A line that begins like an entry of a list is refused as a list.
    let is_list = |before: &str| before.chars().all(|it| it.is_ascii_digit());
    for character in text.chars() {
        match character {
            '.' | '-' | '+' | ')' if is_list(&out) => {
                out.push_str(&format!("#{};", u32::from(character)));
            }
            // Two of them begin a comment, even in quotes.
            '%' => out.push_str("#37;"),
            '*' => out.push_str("#42;"),
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '#' => out.push_str("#35;"),
            '`' => out.push_str("#96;"),
            '\\' => out.push_str("#92;"),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// A text in quotes of YAML.
fn yaml(text: &str) -> String {
    let plain = comment(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{plain}\"")
}

/// A text on one line. Mermaid takes `%%{` for a directive.
fn comment(text: &str) -> String {
    let line: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    line.replace('{', "(").replace('}', ")")
}

#[cfg(test)]
mod tests {
    use super::{entities, yaml};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(entities(text), expected);
    }

    #[test]
    fn a_label_stays_within_its_quotes() {
        check("a \"b\" <c> #1 `d`", "a #quot;b#quot; #lt;c#gt; #35;1 #96;d#96;");
    }

    #[test]
    fn a_label_is_no_comment_and_no_list() {
        check("a %%{init}", "a #37;#37;{init}");
        check("1. intake", "1#46; intake");
        check("- *intake*", "#45; #42;intake#42;");
        check("4 - 2.5", "4 - 2.5");
    }

    #[test]
    fn a_title_stays_within_its_quotes() {
        assert_eq!(yaml("a \"b\" \\ c\n---"), "\"a \\\"b\\\" \\\\ c ---\"");
    }
}
