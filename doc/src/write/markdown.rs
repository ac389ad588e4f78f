//! A page as Markdown, with tables as many wikis read them.

use crate::page::{Block, Cell, Inline, Line, Page, Section, Table};

/// Characters that would be markup.
const SPECIAL: [char; 14] = ['\\', '`', '*', '_', '[', ']', '<', '>', '|', '&', '~', '#', '{', '}'];

/// Writes a page as Markdown.
#[must_use]
pub fn markdown(page: &Page) -> String {
    let mut text = format!("# {}\n", escaped(&page.title));
    for line in &page.under_title {
        text.push_str(&format!("\n{}\n", inline(line)));
    }
    text.push_str(&format!("\n**{}**\n\n", escaped(&page.contents)));
    for section in &page.sections {
        text.push_str(&format!("- [{}](#{})\n", escaped(&section.title), section.id));
    }
    for section in &page.sections {
        write(section, "##", &mut text);
    }
    text
}

fn write(section: &Section, level: &str, text: &mut String) {
    // A heading of its own id, so that links lead there whatever a wiki makes of its words.
    let (id, title) = (&section.id, escaped(&section.title));
    text.push_str(&format!("\n{level} <a id=\"{id}\"></a>{title}\n"));
    for block in &section.blocks {
        text.push('\n');
        match block {
            Block::Paragraph(line) => text.push_str(&format!("{}\n", inline(line))),
            Block::Advice(line) => text.push_str(&format!("> {}\n", inline(line))),
            Block::List(lines) => {
                lines.iter().for_each(|it| text.push_str(&format!("- {}\n", inline(it))));
            }
            Block::Facts(facts) => {
                for (label, lines) in facts {
                    let lines: Vec<String> = lines.iter().map(inline).collect();
                    text.push_str(&format!("- **{}**: {}\n", escaped(label), lines.join("; ")));
                }
            }
            Block::Table(it) => table(it, text),
            Block::Picture(_, mermaid) => {
                text.push_str(&format!("```mermaid\n{}\n```\n", mermaid.trim_end()));
            }
        }
    }
    for part in &section.parts {
        write(part, "###", text);
    }
}

fn table(table: &Table, text: &mut String) {
    if let Some(caption) = &table.caption {
        text.push_str(&format!("**{}**\n\n", escaped(caption)));
    }
    let heads: Vec<String> = table.heads.iter().map(|it| escaped(it)).collect();
    text.push_str(&format!("| {} |\n", heads.join(" | ")));
    text.push_str(&format!("|{}\n", " --- |".repeat(heads.len())));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn cell(cell: &Cell) -> String {
    cell.iter().map(inline).collect::<Vec<_>>().join("<br>")
}

fn inline(line: &Line) -> String {
    let part = |it: &Inline| match it {
        Inline::Text(text) | Inline::Aside(text) => escaped(text),
        Inline::Strong(text) => format!("**{}**", escaped(text)),
        Inline::Code(text) => code(text),
        Inline::Link(text, to) => format!("[{}](#{to})", escaped(text)),
        Inline::Mark(text) => format!("**({})**", escaped(text)),
    };
    line.parts.iter().filter(|it| !it.text().is_empty()).map(part).collect()
}

/// Text in which nothing is markup, on one line.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if SPECIAL.contains(&character) {
            safe.push('\\');
        }
        safe.push(if character.is_control() { ' ' } else { character });
    }
    safe
}

/// Text as it is written; with marks in it that would end it, it is plain text.
fn code(text: &str) -> String {
    let is_plain = !text.contains(['`', '|']) && !text.contains(char::is_control);
    if is_plain { format!("`{text}`") } else { escaped(text) }
}
