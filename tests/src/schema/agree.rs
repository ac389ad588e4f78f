//! Small changes of form in real files: the reader and the schema say the same of each.

use std::fs;
use std::path::Path;

use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::machine::Machine;
use engine::text::{FileId, SourceSet};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::schema::validator::{Kind, faults, validator};

/// The faults that are of form.
const OF_FORM: [&str; 6] =
    ["empty-list", "empty-text", "missing-key", "not-supported-yet", "unknown-key", "wrong-type"];

/// The faults of form that a schema sees only in some places: names that are declared in values, the
/// sizes of whole files. What is nested too deep is not read at all.
const HALF_SEEN: [&str; 3] = ["bad-name", "nested-too-deep", "too-many-entries"];

/// Every how manieth change is tried: all of them take minutes.
const STEP: usize = 5;

pub(super) fn is_of_form(code: &str) -> bool {
    OF_FORM.contains(&code)
}

/// What the reader has against the form of a file; nothing where it has a fault of which a schema
/// sees only some.
pub(super) fn reads(kind: Kind, text: &str, machine: Option<&Machine>) -> Option<Vec<String>> {
    let path = match kind {
        Kind::Scenario => "scenarios/a.toml",
        _ => "protocol.toml",
    };
    let sources = SourceSet::new("", [(path.to_owned(), text.as_bytes().to_vec())]);
    let out = match machine {
        Some(machine) => engine::scenario::read(&sources, FileId(0), machine).1,
        None => {
            let mut out = Diagnostics::default();
            drop(engine::syntax::read(&sources, &mut out));
            out
        }
    };
    // A part says no `[protocol]`, and the same schema is for parts.
    let is_whole = |it: &&Diagnostic| it.message != "the protocol has no `[protocol]`";
    let is_half = |it: &Diagnostic| HALF_SEEN.contains(&it.code.name);
    if out.iter().any(is_half) {
        return None;
    }
    let of_form = out.iter().filter(|it| is_of_form(it.code.name)).filter(is_whole);
    Some(of_form.map(|it| format!("{}: {}", it.code.name, it.message)).collect())
}

/// The paths to all keys and list elements of a file.
fn paths(table: &dyn TableLike, above: &[String], found: &mut Vec<Vec<String>>) {
    for (key, item) in table.iter() {
        let path = [above, &[key.to_owned()]].concat();
        found.push(path.clone());
        paths_below(item, &path, found);
    }
}

fn paths_below(item: &Item, path: &[String], found: &mut Vec<Vec<String>>) {
    if let Some(table) = item.as_table_like() {
        paths(table, path, found);
    }
    let tables = item.as_array_of_tables().into_iter().flatten();
    for (place, table) in tables.enumerate() {
        paths(table, &[path, &[place.to_string()]].concat(), found);
    }
}

/// The table in which the last part of a path is a key.
fn holder<'d>(document: &'d mut DocumentMut, path: &[String]) -> &'d mut dyn TableLike {
    let mut item = document.as_item_mut();
    for part in &path[..path.len() - 1] {
        item = match part.parse::<usize>() {
            Ok(place) if item.is_array_of_tables() => &mut item[place],
            _ => item.get_mut(part.as_str()).unwrap(),
        };
    }
    item.as_table_like_mut().unwrap()
}

/// The changes of one entry: it goes, is called otherwise, or is of another kind.
fn changes(text: &str, path: &[String]) -> Vec<(String, String)> {
    let key = path.last().unwrap();
    let mut found = Vec::new();
    let mut change = |what: &str, change: &dyn Fn(&mut dyn TableLike)| {
        let mut document: DocumentMut = text.parse().unwrap();
        change(holder(&mut document, path));
        found.push((format!("{} {what}", path.join(".")), document.to_string()));
    };
    change("is left out", &|table| drop(table.remove(key)));
    change("has another name", &|table| {
        let item = table.remove(key).unwrap();
        table.insert(&format!("{key}x"), item);
    });
    let samples =
        ["\"some-text\"", "\" \"", "true", "7", "-7", "1.5", "[]", "[\"x\"]", "[7]", "{}"];
    for sample in samples {
        let value: Value = sample.parse().unwrap();
        change(&format!("is {sample}"), &|table| {
            table.insert(key, Item::Value(value.clone()));
        });
    }
    found
}

/// Compares the two on every change of a file. Returns how many were refused.
fn check(kind: Kind, path: &Path, machine: Option<&Machine>) -> usize {
    let text = fs::read_to_string(path).unwrap();
    let validator = validator(kind);
    let document: DocumentMut = text.parse().unwrap();
    let mut all = Vec::new();
    paths(document.as_table(), &[], &mut all);
    let mut n_refused = 0;
    let mut differ = Vec::new();
    for (what, changed) in all.iter().flat_map(|it| changes(&text, it)).step_by(STEP) {
        // An entry of `[words]` has words or values of entries: a schema takes both together.
        let is_of_words = what.starts_with("words.");
        let said = reads(kind, &changed, machine).filter(|_| !is_of_words);
        let Some(said) = said else { continue };
        let found = faults(&validator, &changed);
        n_refused += usize::from(!found.is_empty());
        if said.is_empty() != found.is_empty() {
            differ.push(format!("{what}: {said:?} / {found:?}"));
        }
    }
    let n_differ = differ.len();
    differ.truncate(30);
    assert!(n_differ == 0, "{}: {n_differ}\n{}", path.display(), differ.join("\n"));
    n_refused
}

#[test]
fn a_protocol_that_is_changed_is_refused_by_both_or_by_none() {
    let mut n_refused = 0;
    for id in ["uk-fca-disp", "small-business"] {
        let path = format!("../protocols/{id}/protocol.toml");
        n_refused += check(Kind::Protocol, Path::new(&path), None);
    }
    assert!(n_refused > 300, "only {n_refused} changes were refused");
}

#[test]
fn a_scenario_that_is_changed_is_refused_by_both_or_by_none() {
    let folder = Path::new("../protocols/small-business");
    let (machine, _) = engine::load(&store::folder::read(folder).unwrap());
    let mut n_refused = 0;
    for (path, _) in store::folder::scenarios(folder).unwrap() {
        n_refused += check(Kind::Scenario, &folder.join(path), machine.as_ref());
    }
    assert!(n_refused > 100, "only {n_refused} changes were refused");
}
