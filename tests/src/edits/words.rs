//! What a text of a protocol can be exchanged for.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item};

const UNITS: [&str; 6] =
    ["working hours", "working days", "calendar days", "weeks", "months", "years"];

/// Words of which one is as well formed as the other.
const KINDS: [&[&str]; 8] = [
    &["next", "same"],
    &["close", "midnight", "exact"],
    &["forward", "back", "none"],
    &["as_is", "next_working_day"],
    &["first", "unique", "highest"],
    &["earlier", "later"],
    &["@handler", "@owner", "complainant", "respondent"],
    &["text", "number", "flag", "date"],
];

/// The tables whose keys are names.
const NAMED: [&str; 9] = [
    "calendars",
    "roles",
    "channels",
    "fields",
    "events",
    "conditions",
    "stages",
    "deadlines",
    "letters",
];

/// For each declared name the next one of its kind; the last is followed by the first.
pub(super) fn declared(documents: &[&DocumentMut]) -> BTreeMap<String, String> {
    let tables = |key: &'static str| documents.iter().filter_map(move |it| it.get(key));
    let names = |kind: &&'static str| -> Vec<String> {
        let tables = tables(kind).filter_map(Item::as_table_like);
        tables.flat_map(|table| table.iter().map(|(name, _)| name.to_owned())).collect()
    };
    let mut kinds: Vec<Vec<String>> = NAMED.iter().map(names).collect();
    let ladder = tables("ladder").filter_map(Item::as_array_of_tables).flat_map(|it| it.iter());
    let rungs = ladder.filter_map(|rung| rung.get("rung")?.as_str());
    kinds.push(rungs.map(str::to_owned).collect());
    let mut next = BTreeMap::new();
    for names in kinds {
        for (at, name) in names.iter().enumerate() {
            let other = &names[(at + 1) % names.len()];
            if other != name {
                next.entry(name.clone()).or_insert_with(|| other.clone());
            }
        }
    }
    next
}

/// Every text that the operators make of a text.
pub(super) fn texts(text: &str, names: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(names.get(text).cloned());
    if let Some((kind, name)) = text.split_once(':')
        && let Some(other) = names.get(name)
    {
        found.push(format!("{kind}:{other}"));
    }
    for kind in KINDS {
        if kind.contains(&text) {
            found.extend(kind.iter().filter(|other| **other != text).map(|it| (*it).to_owned()));
        }
    }
    for unit in UNITS {
        if text.ends_with(unit) && text.len() > unit.len() {
            let amount = text.trim_end_matches(unit);
            let others = UNITS.iter().filter(|other| **other != unit);
            found.extend(others.map(|other| format!("{amount}{other}")));
        }
    }
    found.extend(numbers(text));
    found.extend(quoted(text, names));
    found
}

/// Dates a day earlier and a day later.
pub(super) fn dates(text: &str) -> Vec<String> {
    let date: Option<chrono::NaiveDate> = text.get(..10).and_then(|it| it.parse().ok());
    let near = date.and_then(|date| Some([date.pred_opt()?, date.succ_opt()?]));
    near.map_or_else(Vec::new, |near| near.map(|date| date.to_string()).to_vec())
}

/// Each whole number inside a text, one less and one more, with as many digits as it had.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = String::new();
    let parts: Vec<&str> = text.split_inclusive(|it: char| !it.is_ascii_digit()).collect();
    for (place, part) in parts.iter().enumerate() {
        let digits = part.trim_end_matches(|it: char| !it.is_ascii_digit());
        let after = part.trim_start_matches(|it: char| it.is_ascii_digit());
        let rest = parts.get(place + 1..).unwrap_or_default().concat();
        if let Ok(number) = digits.parse::<u32>() {
            let width = digits.len();
            for near in [number.checked_sub(1), number.checked_add(1)].into_iter().flatten() {
                found.push(format!("{before}{near:0width$}{after}{rest}"));
            }
        }
        before.push_str(part);
    }
    found
}

/// Names in double quotes inside a condition, and comparisons turned round.
fn quoted(text: &str, names: &BTreeMap<String, String>) -> Vec<String> {
    let mut found: Vec<String> = names
        .iter()
        .filter(|(name, _)| text.contains(&format!("\"{name}\"")))
        .map(|(name, other)| text.replace(&format!("\"{name}\""), &format!("\"{other}\"")))
        .collect();
    for (from, to) in [("==", "!="), ("!=", "=="), (">=", "<"), ("&&", "||"), ("||", "&&")] {
        if text.contains(from) {
            found.push(text.replace(from, to));
        }
    }
    found
}
