//! `hidden_from`: what parties do not read.

use crate::diagnostic::Diagnostics;
use crate::model::{Party, Protocol, Readable};
use crate::scenario::reading::expect::each;
use crate::scenario::reading::names;
use crate::syntax::Table;
use crate::text::Spanned;

/// Reads `hidden_from = { officer = ["counsel_note"] }`.
pub(crate) fn read(
    protocol: &Protocol,
    table: &mut Table<'_, '_>,
) -> Vec<(Party, Spanned<Vec<Readable>>)> {
    each(table, "hidden_from", |entry, name, table| {
        let party = names::party(protocol, name, table.out);
        let mut hidden = Vec::new();
        for it in table.some_elements(entry) {
            let what = table.name_of(it, "a field, a record or `reason:` with an event");
            hidden.extend(what.and_then(|it| readable(protocol, &it, table.out)));
        }
        Some((party?, Spanned::new(hidden, entry.span)))
    })
}

/// A field, a record, or the reason given with an event.
fn readable(
    protocol: &Protocol,
    name: &Spanned<String>,
    out: &mut Diagnostics,
) -> Option<Readable> {
    if let Some(event) = name.value.strip_prefix("reason:") {
        let event = Spanned::new(event.to_owned(), name.span);
        return names::event(protocol, &event, out).map(Readable::Reason);
    }
    match protocol.record(&name.value) {
        Some(record) => Some(Readable::Record(record)),
        None => names::field(protocol, name, out).map(Readable::Field),
    }
}
