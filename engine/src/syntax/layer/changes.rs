//! What a protocol has that the one it extends has not, key by key.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::syntax::layer::Stacked;
use crate::syntax::layer::text::written_key;
use crate::syntax::layer::tree::{row_key, row_name};

/// One key that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where: `deadlines.answer.within`. A row of a list without names has its number, from 1.
    pub path: String,
    /// What the protocol that is extended says, as TOML; `None` if it says nothing.
    pub before: Option<String>,
    /// What holds instead; `None` if nothing does.
    pub after: Option<String>,
}

/// All keys that differ, those of the lower protocol first, in its order.
pub(super) fn changes(stacked: &Stacked<'_>) -> Vec<Change> {
    let Some(below) = &stacked.below else { return Vec::new() };
    let (old, new) = (leaves(stacked, below), leaves(stacked, &stacked.tree));
    let texts: BTreeMap<&str, &str> = new.iter().map(|(path, it)| (&**path, &**it)).collect();
    let known: BTreeMap<&str, &str> = old.iter().map(|(path, it)| (&**path, &**it)).collect();
    let mut all = Vec::new();
    for (path, before) in &old {
        let after = texts.get(&**path).map(|it| (*it).to_owned());
        if after.as_ref() != Some(before) {
            all.push(Change { path: path.clone(), before: Some(before.clone()), after });
        }
    }
    for (path, after) in new.iter().filter(|(path, _)| !known.contains_key(&**path)) {
        all.push(Change { path: path.clone(), before: None, after: Some(after.clone()) });
    }
    all
}

/// Every value with its path, in order.
fn leaves(stacked: &Stacked<'_>, table: &DeTable<'_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    add_table(stacked, table, &mut Vec::new(), &mut all);
    all
}

fn add_table(
    stacked: &Stacked<'_>,
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    all: &mut Vec<(String, String)>,
) {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    if entries.is_empty() {
        all.push((path.join("."), "{}".to_owned()));
    }
    for (key, value) in entries {
        path.push(written_key(key.get_ref()));
        add(stacked, value, path, all);
        path.pop();
    }
}

fn add(
    stacked: &Stacked<'_>,
    value: &Spanned<DeValue<'_>>,
    path: &mut Vec<String>,
    all: &mut Vec<(String, String)>,
) {
    match value.get_ref() {
        DeValue::Table(table) => add_table(stacked, table, path, all),
        DeValue::Array(rows) if rows.iter().any(|it| it.get_ref().is_table()) => {
            let key = row_key(path);
            for (place, row) in rows.iter().enumerate() {
                let name = key.and_then(|key| row_name(row, key)).map(written_key);
                path.push(name.unwrap_or_else(|| format!("{}", place.saturating_add(1))));
                add(stacked, row, path, all);
                path.pop();
            }
        }
        _ => all.push((path.join("."), stacked.at(value.span()).to_owned())),
    }
}
