//! The source of a protocol is that of its own rules, also where another one takes them over.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::syntax::layer::tree::{table_of, touch};

/// The tables whose entries may name a source.
const NAMED: [&str; 11] = [
    "trends",
    "intake",
    "events",
    "records",
    "help",
    "retention",
    "conditions",
    "stages",
    "letters",
    "deadlines",
    "stops",
];

/// What `[protocol]` says of its source.
struct Cited<'t> {
    entries: Vec<(Spanned<std::borrow::Cow<'t, str>>, Spanned<DeValue<'t>>)>,
}

/// Writes the source of `[protocol]` into every rule that has taken it over without saying so.
pub(super) fn cite(tree: &mut DeTable<'_>) {
    let Some(DeValue::Table(header)) = tree.get("protocol").map(Spanned::get_ref) else { return };
    if !header.contains_key("source") {
        return;
    }
    let is_cited = |key: &str| key == "source" || key == "unverified";
    let entries = header.iter().filter(|(key, _)| is_cited(key.get_ref()));
    let cited = Cited { entries: entries.map(|(key, it)| (key.clone(), it.clone())).collect() };
    for section in NAMED {
        for_each_entry(tree, section, |entry| {
            if section == "stages" {
                cite_stage(entry, &cited);
            }
            cite_one(entry, &cited);
        });
    }
    if let Some(anywhere) = tree.get_mut("anywhere") {
        touch(anywhere);
        if let Some(anywhere) = table_of(anywhere) {
            for_each_entry(anywhere, "on", |it| cite_rows(it, &cited));
        }
    }
    for list in ["ladder", "guarantees", "history"] {
        if let Some(value) = tree.get_mut(list) {
            cite_rows(value, &cited);
        }
    }
    if let Some(severity) = tree.get_mut("severity") {
        touch(severity);
        if let Some(rules) = table_of(severity).and_then(|it| it.get_mut("rules")) {
            cite_rows(rules, &cited);
        }
    }
}

fn cite_stage<'t>(stage: &mut Spanned<DeValue<'t>>, cited: &Cited<'t>) {
    if let Some(stage) = table_of(stage) {
        for list in ["on", "after"] {
            for_each_entry(stage, list, |it| cite_rows(it, cited));
        }
    }
}

fn for_each_entry<'t>(
    table: &mut DeTable<'t>,
    section: &str,
    mut act: impl FnMut(&mut Spanned<DeValue<'t>>),
) {
    let Some(section) = table.get_mut(section) else { return };
    touch(section);
    if let Some(section) = table_of(section) {
        section.iter_mut().for_each(|(_, it)| act(it));
    }
}

/// A table, or every table of a list.
fn cite_rows<'t>(value: &mut Spanned<DeValue<'t>>, cited: &Cited<'t>) {
    if let DeValue::Array(rows) = value.get_mut() {
        rows.iter_mut().for_each(|it| cite_one(it, cited));
        touch(value);
    } else {
        cite_one(value, cited);
    }
}

fn cite_one<'t>(value: &mut Spanned<DeValue<'t>>, cited: &Cited<'t>) {
    let has_own = value.get_ref().as_table().is_none_or(|it| it.contains_key("source"));
    if has_own {
        return;
    }
    touch(value);
    if let Some(table) = table_of(value) {
        for (key, it) in &cited.entries {
            if !table.contains_key(key.get_ref().as_ref()) {
                table.insert(key.clone(), it.clone());
            }
        }
    }
}
