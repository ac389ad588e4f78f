//! A picture as a table: aligned text, or Markdown.

use engine::picture::Picture;

use crate::text::columns::{lines, widths};
use crate::text::row::{HEADINGS, Row, rows};
use crate::words::one_line;

/// Between two columns.
const BETWEEN: &str = " | ";

/// The table as aligned text, at most `width` characters wide where the words allow it. Lines that
/// the marked path takes begin with `*`, and have the numbers of its steps behind what is done.
#[must_use]
pub fn table(picture: &Picture, width: usize) -> String {
    let rows: Vec<([String; 6], bool)> = rows(picture).into_iter().map(numbered).collect();
    let headings = HEADINGS.map(str::to_owned);
    let all: Vec<&[String; 6]> =
        std::iter::once(&headings).chain(rows.iter().map(|it| &it.0)).collect();
    let column = |at: usize| all.iter().map(|row| row[at].as_str()).collect();
    let columns: Vec<Vec<&str>> = (0..HEADINGS.len()).map(column).collect();
    let between = BETWEEN.len() * (HEADINGS.len() - 1) + if picture.is_marked() { 2 } else { 0 };
    let widths = widths(&columns, width.saturating_sub(between));
    let mut out = format!("{}\n{} {}\n", one_line(&picture.title), picture.id, picture.version);
    if let Some(path) = &picture.path {
        out.push_str(&format!("marked: {}\n", one_line(path)));
    }
    out.push('\n');
    let sign = |is_taken: bool| match (picture.is_marked(), is_taken) {
        (false, _) => "",
        (true, false) => "  ",
        (true, true) => "* ",
    };
    push(&mut out, &headings, &widths, [sign(false), sign(false)]);
    let rule: Vec<String> = widths.iter().map(|it| "-".repeat(*it)).collect();
    out.push_str(&format!("{}{}\n", sign(false), rule.join("-+-")));
    for (cells, is_taken) in &rows {
        push(&mut out, cells, &widths, [sign(*is_taken), sign(false)]);
    }
    harmless(&out)
}

/// Adds a row; the signs stand before its first line and before the others.
fn push(out: &mut String, cells: &[String; 6], widths: &[usize], signs: [&str; 2]) {
    let cells: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(text, width)| lines(text, *width)).collect();
    let n_lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..n_lines {
        let parts = cells.iter().zip(widths).map(|(lines, width)| {
            let text = lines.get(at).map_or("", String::as_str);
            format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
        });
        let line = parts.collect::<Vec<_>>().join(BETWEEN);
        let sign = if at == 0 { signs[0] } else { signs[1] };
        out.push_str(format!("{sign}{line}").trim_end());
        out.push('\n');
    }
}

/// The cells, with the steps of a marked path, and whether there are any.
fn numbered(row: Row) -> ([String; 6], bool) {
    let Row { mut cells, taken } = row;
    if !taken.is_empty() {
        let steps: Vec<String> = taken.iter().map(ToString::to_string).collect();
        cells[1] = format!("{} ({})", cells[1], steps.join(", "));
    }
    (cells, !taken.is_empty())
}

/// Text without characters that steer a terminal.
fn harmless(text: &str) -> String {
    let is_harmful = |it: char| it.is_control() && it != '\n';
    text.chars().map(|it| if is_harmful(it) { char::REPLACEMENT_CHARACTER } else { it }).collect()
}

/// The table as Markdown.
#[must_use]
pub fn markdown(picture: &Picture) -> String {
    let mut out = format!(
        "# {}\n\n{} {}\n",
        escaped(&picture.title),
        escaped(&picture.id),
        escaped(&picture.version)
    );
    if let Some(path) = &picture.path {
        out.push_str(&format!("\nMarked: {}\n", escaped(path)));
    }
    out.push_str(&format!("\n| {} |\n", HEADINGS.join(" | ")));
    out.push_str(&format!("|{}\n", " --- |".repeat(HEADINGS.len())));
    for Row { cells, taken } in rows(picture) {
        let mut cells = cells.map(|it| escaped(&it));
        if !taken.is_empty() {
            let steps: Vec<String> = taken.iter().map(ToString::to_string).collect();
            cells[1] = format!("**{}** ({})", cells[1], steps.join(", "));
        }
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    harmless(&out)
}

/// Text in which Markdown and HTML find no marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '|' | '[' | ']' | '~' | '$' => out.extend(['\\', character]),
            '\n' | '\t' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn marks_of_markdown_are_text() {
        assert_eq!(escaped("a | b `c` <d> & [e](f)"), "a \\| b \\`c\\` &lt;d&gt; &amp; \\[e\\](f)");
    }
}
