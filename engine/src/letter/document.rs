//! The parts of a written letter: paragraphs, quotes and lists. What comes from people is text in
//! them and nothing else.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// How deep quotes and lists may stand in each other; deeper ones join the one around them.
const DEPTH_MAX: usize = 8;

/// What stands by itself on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// What somebody else said.
    Quote(Vec<Self>),
    /// A list: whether it is numbered, and its points.
    List(bool, Vec<Vec<Self>>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// Text with stress on it.
    Emphasis(String),
    /// A link: its text, and where it leads: an address of the web, of a mailbox or a telephone.
    Link(String, String),
    /// The line ends here.
    Break,
}

/// Reads Markdown: paragraphs, headings, quotes, lists, bold, emphasis and links. Everything
/// else is the text that it is made of.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader { open: vec![Open::Page(Vec::new())], ..Reader::default() };
    for event in Parser::new(markdown) {
        reader.take(event);
    }
    reader.finish_line();
    while reader.open.len() > 1 {
        reader.close();
    }
    match reader.open.pop() {
        Some(Open::Page(blocks)) => blocks,
        _ => Vec::new(),
    }
}

enum Open {
    Page(Vec<Block>),
    Quote(Vec<Block>),
    List(bool, Vec<Vec<Block>>),
    Point(Vec<Block>),
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    /// The quotes and lists that were too deep to open.
    n_skipped: usize,
    line: Vec<Inline>,
    is_heading: bool,
    n_strong: usize,
    n_emphasis: usize,
    link: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            // No letter holds markup: what looks like it is shown as it is written.
            Event::Html(text) | Event::InlineHtml(text) => self.text(text.trim_end()),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.line.push(Inline::Break),
            Event::Rule => self.finish_line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.n_strong += 1,
            Tag::Emphasis => self.n_emphasis += 1,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            Tag::Heading { .. } => {
                self.finish_line();
                self.is_heading = true;
            }
            Tag::BlockQuote(_) => self.open(Open::Quote(Vec::new())),
            Tag::List(first) => self.open(Open::List(first.is_some(), Vec::new())),
            Tag::Item => self.open(Open::Point(Vec::new())),
            _ => self.finish_line(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.n_strong = self.n_strong.saturating_sub(1),
            TagEnd::Emphasis => self.n_emphasis = self.n_emphasis.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.finish_line();
                match self.n_skipped.checked_sub(1) {
                    Some(left) => self.n_skipped = left,
                    None => self.close(),
                }
            }
            TagEnd::Image => {}
            _ => self.finish_line(),
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let leads = |to: &String| {
            ["https://", "http://", "mailto:", "tel:"].iter().any(|it| to.starts_with(it))
        };
        let text = text.to_owned();
        let link = self.link.clone().filter(leads);
        match (self.line.last_mut(), link) {
            (_, Some(to)) => self.line.push(Inline::Link(text, to)),
            (_, None) if self.n_strong > 0 => self.line.push(Inline::Strong(text)),
            (_, None) if self.n_emphasis > 0 => self.line.push(Inline::Emphasis(text)),
            (Some(Inline::Text(before)), None) => before.push_str(&text),
            (_, None) => self.line.push(Inline::Text(text)),
        }
    }

    /// Puts the line that was gathered on the page.
    fn finish_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let is_heading = std::mem::take(&mut self.is_heading);
        if !line.is_empty() {
            self.put(if is_heading { Block::Heading(line) } else { Block::Paragraph(line) });
        }
    }

    fn open(&mut self, open: Open) {
        self.finish_line();
        if self.n_skipped > 0 || self.open.len() > DEPTH_MAX {
            self.n_skipped += 1;
        } else {
            self.open.push(open);
        }
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        match self.open.pop() {
            Some(Open::Quote(blocks)) => self.put(Block::Quote(blocks)),
            Some(Open::List(numbered, points)) => self.put(Block::List(numbered, points)),
            Some(Open::Point(blocks)) => match self.open.last_mut() {
                Some(Open::List(_, points)) => points.push(blocks),
                _ => blocks.into_iter().for_each(|it| self.put(it)),
            },
            Some(Open::Page(_)) | None => {}
        }
    }

    fn put(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Page(blocks) | Open::Quote(blocks) | Open::Point(blocks)) => {
                blocks.push(block);
            }
            Some(Open::List(_, points)) => points.push(vec![block]),
            None => {}
        }
    }
}

/// A value of a case as Markdown that shows it and does nothing else: no mark in it means
/// anything, and its lines stay in one paragraph.
pub(crate) fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let lines = value.lines().map(str::trim).filter(|it| !it.is_empty());
    for (place, line) in lines.enumerate() {
        if place > 0 {
            text.push_str("\\\n");
        }
        for character in line.chars() {
            if character.is_ascii_punctuation() {
                text.push('\\');
            }
            text.push(if character.is_control() { ' ' } else { character });
        }
    }
    text
}
