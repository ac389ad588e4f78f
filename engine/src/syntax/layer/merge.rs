//! One table over another.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::diagnostic::Diagnostics;
use crate::syntax::layer::Places;
use crate::syntax::layer::tree::{row_key, row_name, table_of, touch};
use crate::syntax::rules;

/// Puts a table over another: tables are merged key by key, the rows of `[[guarantees]]` and
/// `[[ladder]]` by their names, and anything else takes the place of what was there.
pub(super) fn merge<'t>(base: &mut DeTable<'t>, over: DeTable<'t>, path: &mut Vec<String>) {
    for (key, value) in over {
        path.push(key.get_ref().to_string());
        let name = key.get_ref().as_ref();
        match base.get_mut(name) {
            Some(old) if are_tables(old, &value) => {
                touch(old);
                if let (Some(old), DeValue::Table(value)) = (table_of(old), value.into_inner()) {
                    merge(old, value, path);
                }
            }
            Some(old) if has_rows(old, &value, path) => {
                touch(old);
                merge_rows(old, value, path);
            }
            _ => {
                base.remove(name);
                base.insert(key, value);
            }
        }
        path.pop();
    }
}

fn are_tables(old: &Spanned<DeValue<'_>>, new: &Spanned<DeValue<'_>>) -> bool {
    old.get_ref().is_table() && new.get_ref().is_table()
}

fn has_rows(old: &Spanned<DeValue<'_>>, new: &Spanned<DeValue<'_>>, path: &[String]) -> bool {
    row_key(path).is_some() && old.get_ref().is_array() && new.get_ref().is_array()
}

fn merge_rows<'t>(
    old: &mut Spanned<DeValue<'t>>,
    new: Spanned<DeValue<'t>>,
    path: &mut Vec<String>,
) {
    let (DeValue::Array(old), DeValue::Array(new)) = (old.get_mut(), new.into_inner()) else {
        return;
    };
    let key = row_key(path).unwrap_or_default();
    for row in new {
        let name = row_name(&row, key);
        let same = old.iter_mut().find(|it| name.is_some() && row_name(it, key) == name);
        let Some(same) = same else {
            old.push(row);
            continue;
        };
        touch(same);
        if let (Some(same), DeValue::Table(row)) = (table_of(same), row.into_inner()) {
            path.push(String::new());
            merge(same, row, path);
            path.pop();
        }
    }
}

/// Adds what another file of the same protocol says. What is there already is reported, as it is
/// where files are read one by one.
pub(super) fn unite<'t>(
    whole: &mut DeTable<'t>,
    part: DeTable<'t>,
    places: Places<'_>,
    out: &mut Diagnostics,
) {
    const ONCE: [&str; 5] = ["protocol", "time", "history", "severity", "maps"];
    for (section, value) in part {
        let name = section.get_ref().to_string();
        let Some(there) = whole.get_mut(name.as_str()) else {
            whole.insert(section, value);
            continue;
        };
        touch(there);
        let (second, first) = (places.span(section.span()), places.span(there.span()));
        match (there.get_mut(), value.into_inner()) {
            (DeValue::Table(_), DeValue::Table(_)) if ONCE.contains(&name.as_str()) => {
                out.push(rules::duplicate_name("table", &name, second, Some(first)));
            }
            (DeValue::Table(there), DeValue::Table(value)) if name == "anywhere" => {
                unite(there, value, places, out);
            }
            (DeValue::Table(there), DeValue::Table(value)) => {
                unite_entries(there, value, &name, places, out);
            }
            (DeValue::Array(there), DeValue::Array(value)) => {
                let rows = std::mem::replace(there, DeArray::new()).into_iter().chain(value);
                *there = rows.collect::<DeArray<'_>>();
            }
            _ => out.push(rules::duplicate_name("key", &name, second, Some(first))),
        }
    }
}

fn unite_entries<'t>(
    there: &mut DeTable<'t>,
    part: DeTable<'t>,
    section: &str,
    places: Places<'_>,
    out: &mut Diagnostics,
) {
    let kind = section.strip_suffix('s').unwrap_or(section);
    for (key, value) in part {
        match there.get_key_value(key.get_ref().as_ref()) {
            Some((first, _)) => {
                let (second, first) = (places.span(key.span()), places.span(first.span()));
                out.push(rules::duplicate_name(kind, key.get_ref(), second, Some(first)));
            }
            None => {
                there.insert(key, value);
            }
        }
    }
}
