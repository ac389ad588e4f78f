//! `[letters]`: documents to a party, and what they must state.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::rules;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// The phrases that one letter may avoid in one language.
const AVOIDED_MAX: usize = 50;

/// One entry of `[letters]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its name, which is also the name of its template.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// Who it is for. Required; empty has been reported.
    pub to: Names,
    /// Who receives a copy.
    pub copy: Names,
    /// What its text must state: fields, `ticket`, `reason`, `deadline.D.due`, `handler.title`,
    /// `texts.X`, `block.X`.
    pub states: Names,
    /// How it is set out.
    pub form: Option<Spanned<String>>,
    /// The channel that it leaves by.
    pub channel: Option<Spanned<String>>,
    /// The phrases that its text must not contain, by language.
    pub avoid: Vec<(Spanned<String>, Names)>,
    /// Advice for whoever writes it.
    pub guide: Option<Spanned<String>>,
    /// The rule that demands it.
    pub citation: Citation,
    /// The name of the entry.
    pub span: Span,
}

/// Reads one entry of `[letters]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Letter {
    table.requires(&["to"]);
    Letter {
        name,
        title: table.text("title"),
        to: table.some_names("to"),
        copy: table.names("copy"),
        states: table.names("states"),
        form: table.name("form"),
        channel: table.name("channel"),
        avoid: table.table("avoid", read_avoid).unwrap_or_default(),
        guide: table.text("guide"),
        citation: table.citation(),
        span: table.span,
    }
}

/// Reads `avoid = { en = ["however"] }`.
fn read_avoid(table: &mut Table<'_, '_>) -> Vec<(Spanned<String>, Names)> {
    let mut all = Vec::new();
    for entry in table.rest() {
        let language = entry.name();
        let phrases = table.texts_of(entry, "a list of phrases in quotes");
        if let Some(first) = phrases.get(AVOIDED_MAX) {
            let n_phrases = phrases.len();
            table.out.push(rules::too_many_entries(
                &table.what,
                n_phrases,
                AVOIDED_MAX,
                first.span,
            ));
        }
        all.push((language, phrases));
    }
    all
}
