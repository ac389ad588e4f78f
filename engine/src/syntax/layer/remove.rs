//! What a protocol takes out of the one that it extends.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::diagnostic::{Diagnostic, nearest_or_listed};
use crate::syntax::layer::tree::{row_key, row_name, touch};
use crate::syntax::rules;
use crate::text;

/// Takes out what a path names: `deadlines.answer`, `stages.open.on.declined`, `guarantees.told`.
///
/// # Errors
/// There is no such thing.
pub(super) fn remove(
    tree: &mut DeTable<'_>,
    path: &text::Spanned<String>,
) -> Result<(), Box<Diagnostic>> {
    let parts: Vec<&str> = path.value.split('.').collect();
    let mut done = Vec::new();
    remove_below(tree, &parts, &mut done).map_err(|names| {
        let written = parts.get(done.len()).copied().unwrap_or_default();
        let before: String = done.iter().map(|it| format!("{it}.")).collect();
        let help = nearest_or_listed(written, "name", names.iter().map(String::as_str));
        let help = help.map(|it| match before.is_empty() {
            true => it,
            false => format!("behind `{before}`: {it}"),
        });
        Box::new(rules::nothing_to_remove(&path.value, path.span, help))
    })
}

/// The names that there are, where the next part names none of them.
fn remove_below(
    table: &mut DeTable<'_>,
    parts: &[&str],
    done: &mut Vec<String>,
) -> Result<(), Vec<String>> {
    let Some((part, rest)) = parts.split_first() else { return Err(Vec::new()) };
    if !table.contains_key(*part) {
        return Err(table.keys().map(|it| it.get_ref().to_string()).collect());
    }
    if rest.is_empty() {
        table.remove(*part);
        return Ok(());
    }
    done.push((*part).to_owned());
    let Some(value) = table.get_mut(*part) else { return Err(Vec::new()) };
    let taken = match value.get_mut() {
        DeValue::Table(table) => remove_below(table, rest, done),
        DeValue::Array(rows) => remove_row(rows, rest, done),
        _ => Err(Vec::new()),
    };
    taken.map(|()| touch(value))
}

fn remove_row<'t>(
    rows: &mut DeArray<'t>,
    parts: &[&str],
    done: &mut Vec<String>,
) -> Result<(), Vec<String>> {
    let Some(key) = row_key(done) else { return Err(Vec::new()) };
    let Some((part, rest)) = parts.split_first() else { return Err(Vec::new()) };
    let Some(place) = rows.iter().position(|it| row_name(it, key) == Some(*part)) else {
        return Err(rows.iter().filter_map(|it| row_name(it, key)).map(str::to_owned).collect());
    };
    if rest.is_empty() {
        let left = std::mem::replace(rows, DeArray::new()).into_iter().enumerate();
        *rows = left.filter(|(at, _)| *at != place).map(|(_, row)| row).collect::<DeArray<'_>>();
        return Ok(());
    }
    done.push((*part).to_owned());
    let Some(row) = rows.get_mut(place) else { return Err(Vec::new()) };
    let taken = match Spanned::get_mut(row) {
        DeValue::Table(table) => remove_below(table, rest, done),
        _ => Err(Vec::new()),
    };
    taken.map(|()| touch(row))
}
