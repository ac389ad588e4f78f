//! `complies_with` and `[maps]`: which statutes a protocol is held against, and which names stand for theirs.

use crate::syntax::table::Table;
use crate::text::Spanned;

/// What may be named otherwise than in a statute.
const KINDS: [&str; 7] = ["deadlines", "events", "fields", "letters", "roles", "rungs", "stages"];

/// One name that stands for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The table that both are names of: `deadlines`.
    pub kind: &'static str,
    /// The name in the statute.
    pub statute: Spanned<String>,
    /// The name in the protocol.
    pub house: Spanned<String>,
}

/// Reads `[maps]`.
pub(crate) fn read(table: &mut Table<'_, '_>) -> Vec<Map> {
    let mut all = Vec::new();
    for kind in KINDS {
        let of_kind = table.table(kind, |inner| {
            let entries = inner.rest().into_iter();
            let maps = entries.filter_map(|it| {
                let house = inner.name_of(it, "a name in quotes")?;
                Some(Map { kind, statute: it.name(), house })
            });
            maps.collect::<Vec<_>>()
        });
        all.extend(of_kind.into_iter().flatten());
    }
    all
}
