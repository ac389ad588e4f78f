//! Pages, sections and what stands in them.

use std::collections::BTreeSet;

use engine::text::Language;

use crate::page::Line;

/// A whole page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The language of its headings and connecting words.
    pub language: Language,
    /// What it is about.
    pub title: String,
    /// Below the title: which protocol, from when it holds.
    pub under_title: Vec<Line>,
    /// The heading of the list of sections.
    pub contents: String,
    /// Its sections, in the order in which a newcomer needs them.
    pub sections: Vec<Section>,
}

/// A part of a page with a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Where links lead: unique on its page, in letters, digits, `-` and `_`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// The sections inside it; these have none.
    pub parts: Vec<Self>,
}

/// Something that stands below the other things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A sentence or more.
    Paragraph(Line),
    /// Advice, no rule.
    Advice(Line),
    /// Points.
    List(Vec<Line>),
    /// Labels, each with lines beside it.
    Facts(Vec<(String, Vec<Line>)>),
    /// A table.
    Table(Table),
    /// A picture: as SVG, and as text for Mermaid.
    Picture(String, String),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its heading.
    pub caption: Option<String>,
    /// How it is set out.
    pub shape: Shape,
    /// The headings of its columns.
    pub heads: Vec<String>,
    /// Its rows, as long as `heads`. The first cell names the row.
    pub rows: Vec<Vec<Cell>>,
}

/// The lines of a cell of a table, below each other.
pub type Cell = Vec<Line>;

/// How a table is set out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text in its cells.
    Plain,
    /// A sign in most of its cells, and narrow columns.
    Matrix,
}

impl Page {
    /// The same, with plain text in place of links that would lead nowhere on it.
    pub(crate) fn settled(mut self) -> Self {
        let with_parts = |it: &Section| {
            let parts = it.parts.iter().map(|it| it.id.clone());
            parts.chain([it.id.clone()]).collect::<Vec<_>>()
        };
        let ids: BTreeSet<String> = self.sections.iter().flat_map(with_parts).collect();
        let settle = |line: &mut Line| line.settle(&|to| ids.contains(to));
        for section in &mut self.sections {
            section.each_line(&settle);
            section.parts.iter_mut().for_each(|it| it.each_line(&settle));
        }
        self
    }
}

impl Section {
    fn each_line(&mut self, change: &impl Fn(&mut Line)) {
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(line) | Block::Advice(line) => change(line),
                Block::List(lines) => lines.iter_mut().for_each(change),
                Block::Facts(facts) => facts.iter_mut().flat_map(|it| &mut it.1).for_each(change),
                Block::Table(table) => {
                    table.rows.iter_mut().flatten().flatten().for_each(change);
                }
                Block::Picture(..) => {}
            }
        }
    }

    pub(crate) fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        let (blocks, parts) = (Vec::new(), Vec::new());
        Self { id: id.into(), title: title.into(), blocks, parts }
    }

    /// Adds a paragraph, unless it says nothing.
    pub(crate) fn paragraph(&mut self, line: impl Into<Line>) {
        let line = line.into();
        if !line.is_empty() {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    /// Adds points, if there are any.
    pub(crate) fn list(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::List(lines));
        }
    }

    /// Adds facts, without those that say nothing.
    pub(crate) fn facts(&mut self, facts: Vec<(&str, Vec<Line>)>) {
        let said =
            |lines: Vec<Line>| lines.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
        let facts = facts.into_iter().map(|(label, lines)| (label.to_owned(), said(lines)));
        let facts: Vec<(String, Vec<Line>)> = facts.filter(|(_, it)| !it.is_empty()).collect();
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    /// Adds a table, if it has rows, without columns in which nothing stands.
    pub(crate) fn table(&mut self, mut table: Table) {
        if table.rows.is_empty() {
            return;
        }
        for column in (1..table.heads.len()).rev() {
            let is_empty = |row: &Vec<Cell>| row.get(column).is_none_or(Vec::is_empty);
            if table.rows.iter().all(is_empty) {
                table.heads.remove(column);
                table.rows.iter_mut().filter(|it| column < it.len()).for_each(|it| {
                    it.remove(column);
                });
            }
        }
        self.blocks.push(Block::Table(table));
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.parts.is_empty()
    }
}

impl Table {
    pub(crate) fn new(heads: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        let heads = heads.iter().map(|it| (*it).to_owned()).collect();
        Self { caption: None, shape: Shape::Plain, heads, rows }
    }

    pub(crate) fn under(self, caption: impl Into<String>) -> Self {
        Self { caption: Some(caption.into()), ..self }
    }

    pub(crate) fn matrix(self) -> Self {
        Self { shape: Shape::Matrix, ..self }
    }
}
