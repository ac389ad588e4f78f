//! `[functions.X]`: the signatures of the functions in `rules.rhai`.

use crate::syntax::Names;
use crate::syntax::table::Table;
use crate::text::Span;
use crate::text::Spanned;

/// `[functions.X]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: Spanned<String>,
    /// The types of its arguments, in order.
    pub takes: Names,
    /// The type of its value. Required.
    pub gives: Option<Spanned<String>>,
    /// The name of the table.
    pub span: Span,
}

/// Reads `[functions.X]`.
pub(crate) fn read(name: Spanned<String>, table: &mut Table<'_, '_>) -> Function {
    table.requires(&["gives"]);
    Function { name, takes: table.names("takes"), gives: table.name("gives"), span: table.span }
}
