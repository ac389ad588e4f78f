//! `[texts]`: the organisation's fixed data, for letters.

use crate::syntax::rules;
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
        let says = table.words_of(entry, "a text in quotes");
        if let Some(empty) = says.as_ref().filter(|it| it.value.trim().is_empty()) {
            table.out.push(rules::empty_text(&name.value, &table.what, empty.span));
        }
        texts.push(Text { name, says });
    }
    texts
}
