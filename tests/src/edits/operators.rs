//! The operators: delete a key, drop an element, swap a name, change a unit, a number or a date
//! by one, flip a yes or no. They are applied wherever they apply; nothing is chosen by hand.

use std::collections::BTreeMap;

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use crate::edits::words;

/// One edit: what it does, and the text it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// `delete deadlines.answer1.source`, `change time.ends: close → midnight`.
    pub what: String,
    /// The file in which it is made.
    pub path: String,
    /// That file after it.
    pub text: String,
}

/// A way to a value: keys and places.
type Path = Vec<Part>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Key(String),
    Place(usize),
}

/// Every edit of a protocol, given by the paths and texts of its files, in order of the places in
/// each.
#[must_use]
pub fn edits(texts: &[(String, String)]) -> Vec<Edit> {
    let read = |(path, text): &(String, String)| {
        let document: DocumentMut = text.parse().unwrap_or_default();
        (path.clone(), document)
    };
    let documents: Vec<_> = texts.iter().map(read).collect();
    let all: Vec<&DocumentMut> = documents.iter().map(|(_, document)| document).collect();
    let names = words::declared(&all);
    let every = |_: &str, leaf: Option<&Value>| {
        let others = leaf.map_or_else(Vec::new, |leaf| replacements(leaf, &names));
        let others = others.into_iter().map(|(label, value)| Change::To(label, value));
        std::iter::once(Change::Delete).chain(others).collect()
    };
    documents.iter().flat_map(|(path, document)| edits_of_file(path, document, &every)).collect()
}

/// The edits of one file that are chosen for each of its places: the place as it is shown, and
/// the value that stands there.
#[must_use]
pub fn edits_of_file(
    file: &str,
    document: &DocumentMut,
    choose: &dyn Fn(&str, Option<&Value>) -> Vec<Change>,
) -> Vec<Edit> {
    let mut paths = Vec::new();
    walk_table(document.as_table(), &mut Vec::new(), &mut paths);
    let found = paths.iter().flat_map(|(path, leaf)| {
        let place = shown(path);
        choose(&place, leaf.as_ref()).into_iter().map(move |it| (it.what(&place), it, path))
    });
    let made = found.filter_map(|(what, change, path)| {
        let mut edited = document.clone();
        apply(edited.as_table_mut(), path, &change)?;
        Some(Edit { what, path: file.to_owned(), text: edited.to_string() })
    });
    made.collect()
}

/// What is done at a place.
#[derive(Clone, Debug)]
pub enum Change {
    /// What stands there is left out.
    Delete,
    /// Another value, and how the change is told.
    To(String, Value),
    /// Another name of the key, and how the change is told.
    Key(String, String),
}

impl Change {
    fn what(&self, place: &str) -> String {
        match self {
            Self::Delete => format!("delete {place}"),
            Self::To(label, _) | Self::Key(label, _) => format!("change {place}: {label}"),
        }
    }
}

fn shown(path: &Path) -> String {
    let mut out = String::new();
    for part in path {
        match part {
            Part::Key(key) if out.is_empty() => out.push_str(key),
            Part::Key(key) => out.push_str(&format!(".{key}")),
            Part::Place(place) => out.push_str(&format!("[{}]", place + 1)),
        }
    }
    out
}

fn walk_table(table: &dyn TableLike, path: &mut Path, out: &mut Vec<(Path, Option<Value>)>) {
    for (key, item) in table.iter() {
        path.push(Part::Key(key.to_owned()));
        match item {
            Item::Value(value) => walk_value(value, path, out),
            Item::Table(inner) => {
                out.push((path.clone(), None));
                walk_table(inner, path, out);
            }
            Item::ArrayOfTables(tables) => {
                out.push((path.clone(), None));
                for (place, inner) in tables.iter().enumerate() {
                    path.push(Part::Place(place));
                    out.push((path.clone(), None));
                    walk_table(inner, path, out);
                    path.pop();
                }
            }
            Item::None => {}
        }
        path.pop();
    }
}

fn walk_value(value: &Value, path: &mut Path, out: &mut Vec<(Path, Option<Value>)>) {
    out.push((path.clone(), Some(value.clone())));
    match value {
        Value::InlineTable(table) => walk_table(table, path, out),
        Value::Array(array) => {
            for (place, inner) in array.iter().enumerate() {
                path.push(Part::Place(place));
                walk_value(inner, path, out);
                path.pop();
            }
        }
        _ => {}
    }
}

fn replacements(value: &Value, names: &BTreeMap<String, String>) -> Vec<(String, Value)> {
    match value {
        Value::String(text) => words::texts(text.value(), names)
            .into_iter()
            .map(|new| (format!("`{}` → `{new}`", text.value()), Value::from(new)))
            .collect(),
        Value::Integer(number) => {
            let number = *number.value();
            let near = [number - 1, number + 1];
            near.map(|new| (format!("{number} → {new}"), Value::from(new))).to_vec()
        }
        Value::Boolean(flag) => {
            let flag = *flag.value();
            vec![(format!("{flag} → {}", !flag), Value::from(!flag))]
        }
        Value::Datetime(date) => words::dates(&date.value().to_string())
            .into_iter()
            .filter_map(|new| {
                Some((
                    format!("{} → {new}", date.value()),
                    Value::from(new.parse::<toml_edit::Datetime>().ok()?),
                ))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn apply(table: &mut Table, path: &[Part], change: &Change) -> Option<()> {
    let (Part::Key(first), rest) = path.split_first()? else { return None };
    apply_in(table, first, rest, change)
}

fn apply_in(table: &mut dyn TableLike, key: &str, rest: &[Part], change: &Change) -> Option<()> {
    if rest.is_empty() {
        match change {
            Change::Delete => table.remove(key).map(drop)?,
            Change::To(_, value) => set(table.get_mut(key)?.as_value_mut()?, value),
            Change::Key(_, name) => {
                let item = table.remove(key)?;
                table.insert(name, item);
            }
        }
        return Some(());
    }
    match table.get_mut(key)? {
        Item::Value(value) => apply_in_value(value, rest, change),
        Item::Table(inner) => match rest.split_first()? {
            (Part::Key(next), rest) => apply_in(inner, next, rest, change),
            _ => None,
        },
        Item::ArrayOfTables(tables) => match rest.split_first()? {
            (Part::Place(place), []) => {
                tables.remove(*place);
                Some(())
            }
            (Part::Place(place), [Part::Key(next), rest @ ..]) => {
                apply_in(tables.get_mut(*place)?, next, rest, change)
            }
            _ => None,
        },
        Item::None => None,
    }
}

fn apply_in_value(value: &mut Value, rest: &[Part], change: &Change) -> Option<()> {
    match (value, rest.split_first()?) {
        (Value::InlineTable(table), (Part::Key(next), rest)) => apply_in(table, next, rest, change),
        (Value::Array(array), (Part::Place(place), rest)) => {
            apply_in_array(array, *place, rest, change)
        }
        _ => None,
    }
}

fn apply_in_array(array: &mut Array, place: usize, rest: &[Part], change: &Change) -> Option<()> {
    match (rest, change) {
        ([], Change::Delete) => {
            array.remove(place);
        }
        ([], Change::To(_, value)) => set(array.get_mut(place)?, value),
        _ => apply_in_value(array.get_mut(place)?, rest, change)?,
    }
    Some(())
}

/// Writes a value where another stood, with the white space and the comment of the other.
fn set(old: &mut Value, new: &Value) {
    let decor = old.decor().clone();
    *old = new.clone();
    *old.decor_mut() = decor;
}
