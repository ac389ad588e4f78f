//! `[[guarantees]]`: what the protocol promises, whatever anybody does or fails to do.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// The keys that say what is promised.
const PROMISING: [&str; 9] = [
    "from",
    "within",
    "expect",
    "never",
    "before",
    "while",
    "more_than",
    "always_possible",
    "always_reachable",
];

/// `[[guarantees]]` as written: one entry. Points stay text here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarantee {
    /// Its name, written as `id`; an entry without one is reported and left out.
    pub name: Spanned<String>,
    /// The sentence that it stands for. Required.
    pub says: Option<Spanned<String>>,
    /// The points that begin a term.
    pub from: Names,
    /// The term.
    pub within: Option<Spanned<String>>,
    /// The points that keep the promise.
    pub expect: Names,
    /// The points that must not happen.
    pub never: Names,
    /// The points of which one must have happened first.
    pub before: Names,
    /// The condition under which it is promised, written as `while`.
    pub holds: Option<Script>,
    /// How often the points of `never` may happen at most.
    pub more_than: Option<Spanned<u32>>,
    /// The event that somebody may always report.
    pub always_possible: Option<Spanned<String>>,
    /// The points to which there is always a way.
    pub always_reachable: Names,
    /// The points that discharge it.
    pub unless: Names,
    /// What is taken to be so: `met:D`.
    pub assume: Names,
    /// Which keys say what is promised, readable or not, in the order in which they are listed here, each
    /// with its place.
    pub keys: Vec<(&'static str, Span)>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header of the entry.
    pub span: Span,
}

/// Reads `[[guarantees]]`.
pub(crate) fn read(root: &mut Table<'_, '_>) -> Vec<Guarantee> {
    root.rows("guarantees", read_entry).into_iter().flatten().collect()
}

fn read_entry(table: &mut Table<'_, '_>) -> Option<Guarantee> {
    table.requires(&["id"]);
    let name = table.text("id").map(|it| table.declared(&it.value, it.span));
    if let Some(name) = &name {
        table.what = format!("guarantee `{}`", crate::syntax::shown(&name.value));
    }
    table.requires(&["says"]);
    let keys = PROMISING.into_iter();
    let keys = keys.filter_map(|key| table.entry(key).map(|it| (key, it.key_span))).collect();
    let unnamed = Spanned::new(String::new(), table.span);
    let is_named = name.is_some();
    let guarantee = Guarantee {
        name: name.unwrap_or(unnamed),
        says: table.text("says"),
        from: table.some_names("from"),
        within: table.text("within"),
        expect: table.some_names("expect"),
        never: table.some_names("never"),
        before: table.some_names("before"),
        holds: table.script("while"),
        more_than: table.count("more_than"),
        always_possible: table.name("always_possible"),
        always_reachable: table.some_names("always_reachable"),
        unless: table.some_names("unless"),
        assume: table.some_names("assume"),
        keys,
        citation: table.citation(),
        span: table.span,
    };
    is_named.then_some(guarantee)
}
