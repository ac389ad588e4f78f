//! `[texts]`: the organisation's fixed data, for letters.

use crate::syntax::table::Table;
use crate::text::Spanned;

/// One entry of `[texts]` as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its name.
    pub name: Spanned<String>,
    /// What it says; `None` has been reported.
    pub says: Option<Spanned<String>>,
}

/// Reads `[texts]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Vec<Text> {
    let mut texts = Vec::new();
    for entry in table.rest() {
        let name = table.declared(entry.key, entry.key_span);
        texts.push(Text { name, says: table.text_of(entry, "a text in quotes") });
    }
    texts
}
