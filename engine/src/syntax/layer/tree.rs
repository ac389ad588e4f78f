//! Tables as trees that can be taken apart and put together.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// A table whose places are moved along the ruler. The depth of this recursion is bounded by
/// `scan::too_deep`.
pub(super) fn moved<'t>(table: DeTable<'t>, by: usize) -> DeTable<'t> {
    let mut all = DeTable::new();
    for (key, value) in table {
        let key = Spanned::new(along(key.span(), by), key.into_inner());
        all.insert(key, moved_value(value, by));
    }
    all
}

fn moved_value<'t>(value: Spanned<DeValue<'t>>, by: usize) -> Spanned<DeValue<'t>> {
    let place = along(value.span(), by);
    let inner = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(moved(table, by)),
        DeValue::Array(array) => {
            DeValue::Array(array.into_iter().map(|it| moved_value(it, by)).collect::<DeArray<'_>>())
        }
        other => other,
    };
    Spanned::new(place, inner)
}

const fn along(range: Range<usize>, by: usize) -> Range<usize> {
    range.start.saturating_add(by)..range.end.saturating_add(by)
}

/// Says that a table is not what stands at its place any more, so that nobody copies the text
/// there. Its place becomes its first character.
pub(super) fn touch(value: &mut Spanned<DeValue<'_>>) {
    let start = value.span().start;
    let inner = std::mem::replace(value.get_mut(), DeValue::Boolean(false));
    *value = Spanned::new(start..start.saturating_add(1), inner);
}

/// The table of a value.
pub(super) fn table_of<'v, 't>(value: &'v mut Spanned<DeValue<'t>>) -> Option<&'v mut DeTable<'t>> {
    match value.get_mut() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The key that tells the rows of a list of tables apart, for the lists that have one.
pub(super) fn row_key(path: &[String]) -> Option<&'static str> {
    match path {
        [list] if list == "guarantees" => Some("id"),
        [list] if list == "ladder" => Some("rung"),
        _ => None,
    }
}

/// What a row is called.
pub(super) fn row_name<'v>(row: &'v Spanned<DeValue<'_>>, key: &str) -> Option<&'v str> {
    row.get_ref().as_table()?.get(key)?.get_ref().as_str()
}
