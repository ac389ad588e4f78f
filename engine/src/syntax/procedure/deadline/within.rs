//! `within`: the term of a deadline.

use crate::syntax::Citation;
use crate::syntax::Script;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `within` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// One term, `min(a, b)`, `max(a, b)` or `promptly`.
    Term(Spanned<String>),
    /// `{ by = "severity", high = "…", otherwise = "…" }`: a term for each level or choice.
    By {
        /// `severity`, or a field that is a choice. Required.
        by: Option<Spanned<String>>,
        /// The terms, in the order of the file.
        levels: Vec<WithinLevel>,
        /// The term of every other level.
        otherwise: Option<Spanned<String>>,
        /// The table.
        span: Span,
    },
    /// A list of choices: the first that holds. Never empty.
    Choices(Vec<WithinChoice>),
}

/// The term of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithinLevel {
    /// The level or the choice.
    pub level: Spanned<String>,
    /// Its term.
    pub term: Spanned<String>,
}

/// One entry of a list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithinChoice {
    /// When it is taken; always, if left out.
    pub when: Option<Script>,
    /// The term. Required.
    pub is: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The table.
    pub span: Span,
}

/// Reads `within`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Option<Within> {
    let entry = table.entry("within")?;
    if entry.value.is_array() {
        let choices = table.one_or_more(entry, "a choice of `within`", read_choice);
        return (!choices.is_empty()).then_some(Within::Choices(choices));
    }
    if entry.value.is_table() {
        return table.table("within", read_levels);
    }
    let takes = "a term such as `\"10 working days\"`, a table by levels, or a list of choices";
    table.text_of(entry, takes).map(Within::Term)
}

fn read_choice(table: &mut Table<'_, '_>) -> WithinChoice {
    table.requires(&["is"]);
    WithinChoice {
        when: table.script("when"),
        is: table.text("is"),
        citation: table.citation(),
        span: table.span,
    }
}

fn read_levels(table: &mut Table<'_, '_>) -> Within {
    table.requires(&["by"]);
    let by = table.name("by");
    let otherwise = table.text("otherwise");
    let mut levels = Vec::new();
    for entry in table.rest() {
        let level = entry.name();
        let term = table.text_of(entry, "a term in quotes");
        levels.extend(term.map(|term| WithinLevel { level, term }));
    }
    Within::By { by, levels, otherwise, span: table.span }
}
