//! A letter as a page that needs nothing but itself: it reads on any screen and prints on A4.

use engine::letter::{Block, Inline, Letter};
use engine::model::Form;

const STYLE: &str = include_str!("style.css");

/// Writes a letter as one page of HTML.
#[must_use]
pub fn html(letter: &Letter) -> String {
    let labels = &letter.labels;
    let form = match letter.form {
        None | Some(Form::Block) => "block",
        Some(Form::SemiBlock) => "semi-block",
        Some(Form::Formal) => "formal",
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <main class=\"letter {form}\">\n<header>\n",
        letter.language.tag(),
        escaped(&letter.subject),
    );
    if let Some(sender) = &letter.sender {
        page.push_str(&format!("<p class=\"sender\">{}</p>\n", escaped(sender)));
    }
    if letter.form == Some(Form::Formal) {
        page.push_str("<div class=\"window\" aria-hidden=\"true\"></div>\n");
    }
    let facts = [(labels.date, &letter.date), (labels.reference, &letter.ticket)];
    page.push_str("<dl>\n");
    for (label, value) in facts {
        page.push_str(&format!("<div><dt>{label}</dt><dd>{}</dd></div>\n", escaped(value)));
    }
    page.push_str(&format!("</dl>\n<h1>{}</h1>\n</header>\n", escaped(&letter.subject)));
    blocks(&letter.blocks, &mut page);
    if !letter.copies.is_empty() {
        let copies = escaped(&letter.copies.join(", "));
        page.push_str(&format!("<footer><p>{}: {copies}</p></footer>\n", labels.copy));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn blocks(list: &[Block], page: &mut String) {
    for block in list {
        match block {
            Block::Heading(line) => page.push_str(&format!("<h2>{}</h2>\n", inline(line))),
            Block::Paragraph(line) => page.push_str(&format!("<p>{}</p>\n", inline(line))),
            Block::Quote(inner) => {
                page.push_str("<blockquote>\n");
                blocks(inner, page);
                page.push_str("</blockquote>\n");
            }
            Block::List(numbered, points) => {
                let tag = if *numbered { "ol" } else { "ul" };
                page.push_str(&format!("<{tag}>\n"));
                for point in points {
                    page.push_str("<li>");
                    blocks(point, page);
                    page.push_str("</li>\n");
                }
                page.push_str(&format!("</{tag}>\n"));
            }
        }
    }
}

fn inline(line: &[Inline]) -> String {
    let part = |it: &Inline| match it {
        Inline::Text(text) => escaped(text),
        Inline::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
        Inline::Emphasis(text) => format!("<em>{}</em>", escaped(text)),
        Inline::Link(text, to) => format!("<a href=\"{}\">{}</a>", escaped(to), escaped(text)),
        Inline::Break => "<br>\n".to_owned(),
    };
    line.iter().map(part).collect()
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(character),
        }
    }
    safe
}
