//! A letter as plain text.

use engine::letter::{Block, Inline, Letter};

use crate::words::wrapped_by;

/// Writes a letter as lines of at most so many characters, unless a word is longer.
#[must_use]
pub fn text(letter: &Letter, columns: usize) -> String {
    let labels = &letter.labels;
    let mut lines: Vec<String> = Vec::new();
    lines.extend(letter.sender.iter().cloned());
    lines.push(format!("{}: {}", labels.date, letter.date));
    lines.push(format!("{}: {}", labels.reference, letter.ticket));
    lines.push(format!("{}: {}", labels.subject, letter.subject));
    lines.push(String::new());
    blocks(&letter.blocks, "", columns, &mut lines);
    if !letter.copies.is_empty() {
        lines.push(String::new());
        lines.push(format!("{}: {}", labels.copy, letter.copies.join(", ")));
    }
    lines.iter().map(|it| format!("{}\n", it.trim_end())).collect()
}

/// The lines of some blocks, an empty line between them, each after the same beginning.
fn blocks(list: &[Block], begin: &str, columns: usize, lines: &mut Vec<String>) {
    for (place, block) in list.iter().enumerate() {
        if place > 0 {
            lines.push(begin.to_owned());
        }
        match block {
            Block::Paragraph(line) => paragraph(line, begin, columns, lines),
            Block::Heading(line) => {
                let first = lines.len();
                paragraph(line, begin, columns, lines);
                let longest = lines.iter().skip(first).map(|it| it.chars().count()).max();
                let width = longest.unwrap_or(0).saturating_sub(begin.chars().count());
                lines.push(format!("{begin}{}", "-".repeat(width)));
            }
            Block::Quote(inner) => blocks(inner, &format!("{begin}> "), columns, lines),
            Block::List(numbered, points) => {
                for (number, point) in (1u32..).zip(points) {
                    let mark = if *numbered { format!("{number}. ") } else { "- ".to_owned() };
                    let inner = format!("{begin}{}", " ".repeat(mark.len()));
                    let first = lines.len();
                    blocks(point, &inner, columns, lines);
                    if let Some(line) = lines.get_mut(first) {
                        let rest = line.strip_prefix(&inner).unwrap_or_default();
                        *line = format!("{begin}{mark}{rest}");
                    }
                }
            }
        }
    }
}

fn paragraph(line: &[Inline], begin: &str, columns: usize, lines: &mut Vec<String>) {
    let width = columns.saturating_sub(begin.chars().count()).max(1);
    let fits = |text: &str| text.chars().count() <= width;
    for part in line.split(|it| *it == Inline::Break) {
        let whole: String = part.iter().map(plain).collect();
        lines.extend(wrapped_by(&whole, &fits).iter().map(|it| format!("{begin}{it}")));
    }
}

fn plain(part: &Inline) -> String {
    match part {
        Inline::Text(text) | Inline::Strong(text) | Inline::Emphasis(text) => text.clone(),
        Inline::Link(text, to) => {
            let bare = to.trim_start_matches("mailto:").trim_start_matches("tel:");
            if bare == text { text.clone() } else { format!("{text} ({bare})") }
        }
        Inline::Break => " ".to_owned(),
    }
}
