//! `[trends.X]`: what is watched for across all cases.

use crate::syntax::table::Table;
use crate::syntax::{Citation, Names, Script};
use crate::text::{Span, Spanned};

/// `[trends.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// Its name.
    pub name: Spanned<String>,
    /// Its name for people.
    pub title: Option<Spanned<String>>,
    /// The fields in which the cases hold the same. Required; empty has been reported.
    pub group_by: Names,
    /// How many. Required.
    pub count: Option<Spanned<u32>>,
    /// What must differ among them: `complainant`.
    pub distinct: Option<Spanned<String>>,
    /// The period. Required.
    pub within: Option<Spanned<String>>,
    /// Which cases count.
    pub when: Option<Script>,
    /// The event in an earlier case after which cases count.
    pub after: Option<Spanned<String>>,
    /// Who is told. Required; empty has been reported.
    pub tells: Names,
    /// Where it comes from.
    pub citation: Citation,
    /// The name of the table.
    pub span: Span,
}

/// Reads `[trends.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Trend {
    table.requires(&["group_by", "count", "within", "tells"]);
    Trend {
        name,
        title: table.text("title"),
        group_by: table.some_names("group_by"),
        count: table.count("count"),
        distinct: table.name("distinct"),
        within: table.text("within"),
        when: table.script("when"),
        after: table.name("after"),
        tells: table.some_names("tells"),
        citation: table.citation(),
        span: table.span,
    }
}
