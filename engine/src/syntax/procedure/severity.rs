//! `[severity]`: how serious a case is.

use crate::syntax::Citation;
use crate::syntax::Names;
use crate::syntax::Script;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[severity]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Severity {
    /// The levels, lowest first. Required; empty has been reported.
    pub levels: Names,
    /// Which rule wins: `first`, `unique`, `highest`. Required.
    pub policy: Option<Spanned<String>>,
    /// The level when no rule holds.
    pub otherwise: Option<Spanned<String>>,
    /// Whether the level may become lower than it was; `None` was left out.
    pub may_fall: Option<Spanned<bool>>,
    /// The rules, in the order of the file.
    pub rules: Vec<SeverityRule>,
    /// The header.
    pub span: Span,
}

/// `[[severity.rules]]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeverityRule {
    /// When it holds. Required.
    pub when: Option<Script>,
    /// The level it gives. Required.
    pub is: Option<Spanned<String>>,
    /// Why, for people.
    pub why: Option<Spanned<String>>,
    /// Where it comes from.
    pub citation: Citation,
    /// The header of the entry.
    pub span: Span,
}

/// Reads `[severity]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Severity {
    table.requires(&["levels", "policy"]);
    Severity {
        levels: table.some_names("levels"),
        policy: table.name("policy"),
        otherwise: table.name("otherwise"),
        may_fall: table.choice("may_fall"),
        rules: table.rows("rules", read_rule),
        span: table.span,
    }
}

fn read_rule(table: &mut Table<'_, '_>) -> SeverityRule {
    table.requires(&["when", "is"]);
    SeverityRule {
        when: table.script("when"),
        is: table.name("is"),
        why: table.text("why"),
        citation: table.citation(),
        span: table.span,
    }
}
