//! What complaint handling needs, and where a protocol has it: every row of the table in the
//! README of the small business points at a rule that there is and at a step that there is, and
//! the step's story names the rule.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

const FOLDER: &str = "../protocols/small-business";

/// How many practices there are.
const PRACTICES: usize = 68;

/// What a rule path may begin with and a story need not name: what every case has or is.
const EVERYWHERE: [&str; 7] =
    ["calendars", "channels", "ladder", "protocol", "retention", "severity", "texts"];

/// One row of the table.
struct Row {
    practice: String,
    rules: Vec<String>,
    scenario: String,
    places: String,
}

fn rows(readme: &str) -> Vec<Row> {
    let lines = readme.lines().filter(|line| line.starts_with("| P"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [practice, _, rules, shown] = cells.as_slice() else {
                panic!("a row has four cells: {line}")
            };
            let mut shown = quoted(shown).into_iter();
            let scenario = shown.next().unwrap_or_else(|| panic!("no scenario: {line}"));
            let places = line.rsplit_once("`,").map_or("", |(_, places)| places);
            let places = places.trim_matches([' ', '|']).to_owned();
            Row { practice: (*practice).to_owned(), rules: quoted(rules), scenario, places }
        })
        .collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// All files of the protocol as one table.
fn protocol() -> Table {
    let main = read_table(&Path::new(FOLDER).join("protocol.toml"));
    let includes = main.get("include").and_then(Value::as_array).cloned().unwrap_or_default();
    let parts = includes.iter().filter_map(Value::as_str);
    let mut whole = Table::new();
    let parts = parts.map(|part| read_table(&Path::new(FOLDER).join(part)));
    for table in std::iter::once(main).chain(parts) {
        for (key, value) in table {
            match (whole.get_mut(&key), value) {
                (Some(Value::Table(all)), Value::Table(more)) => all.extend(more),
                (_, value) => drop(whole.insert(key, value)),
            }
        }
    }
    whole
}

fn read_table(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    text.parse().unwrap_or_else(|it| panic!("{}: {it}", path.display()))
}

/// What a path names. A part of it is a key, the rung of a list of rungs, or a place in a list,
/// from 1. Several branches of one event are named together.
fn find<'t>(whole: &'t Table, rule: &str) -> Option<&'t Value> {
    let mut parts = rule.split('.');
    let mut found = whole.get(parts.next()?)?;
    for part in parts {
        found = match found {
            Value::Table(table) => table.get(part)?,
            Value::Array(list) => match part.parse::<usize>() {
                Ok(place) => list.get(place.checked_sub(1)?)?,
                Err(_) => {
                    let rung = |it: &&Value| it.get("rung").and_then(Value::as_str) == Some(part);
                    list.iter().find(rung)?
                }
            },
            _ => return None,
        };
    }
    Some(found)
}

/// Reports what the places of a row (`opened`, `case 3`, `steps 2 and 3`, `steps 5 to 9`) name
/// and the scenario does not have.
fn check_places(row: &Row, scenario: &Table) {
    let count = |key: &str| scenario.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let words: Vec<&str> = row.places.split(' ').collect();
    let there = match words.as_slice() {
        ["opened"] => scenario.contains_key("opened"),
        ["case", place] => is_place(place, count("case") + 1),
        ["step", place] => is_place(place, count("step")),
        ["steps", first, "and" | "to", last] => {
            let in_order = first.parse::<usize>().ok() < last.parse::<usize>().ok();
            in_order && is_place(first, count("step")) && is_place(last, count("step"))
        }
        _ => false,
    };
    assert!(there, "{}: {} has no {}", row.practice, row.scenario, row.places);
}

fn is_place(written: &str, count: usize) -> bool {
    written.parse().is_ok_and(|place: usize| (1..=count).contains(&place))
}

/// Reports a rule that the story of its row never names, neither as it is written nor as it is
/// told.
fn check_named(row: &Row, path: &Path) {
    let story = fs::read_to_string(path).unwrap();
    let told = fs::read_to_string(path.with_extension("snap")).unwrap();
    for rule in &row.rules {
        let mut parts = rule.split('.');
        let kind = parts.next().unwrap_or_default();
        let Some(name) = parts.next().filter(|_| !EVERYWHERE.contains(&kind)) else { continue };
        let named = story.contains(name) || told.contains(name) || kind == "history";
        assert!(named, "{}: the story {} never names `{rule}`", row.practice, row.scenario);
    }
}

#[test]
fn every_practice_has_a_rule_and_a_step_that_shows_it() {
    let readme = fs::read_to_string(Path::new(FOLDER).join("README.md")).unwrap();
    let rows = rows(&readme);
    let practices: Vec<&str> = rows.iter().map(|it| it.practice.as_str()).collect();
    let expected: Vec<String> = (1..=PRACTICES).map(|it| format!("P{it}")).collect();
    assert_eq!(practices, expected);
    let whole = protocol();
    for row in &rows {
        assert!(!row.rules.is_empty(), "{} names no rule", row.practice);
        for rule in &row.rules {
            assert!(find(&whole, rule).is_some(), "{}: there is no `{rule}`", row.practice);
        }
        let path: PathBuf = Path::new(FOLDER).join(&row.scenario);
        check_places(row, &read_table(&path));
        check_named(row, &path);
    }
}

#[test]
fn a_wrong_pointer_is_found() {
    let whole = protocol();
    for rule in
        ["stops.nothing", "ladder.cellar", "severity.rules.99", "severity.rules.0", "stages"]
    {
        assert_eq!(find(&whole, rule).is_some(), rule == "stages", "{rule}");
    }
    assert!(is_place("3", 3) && !is_place("4", 3) && !is_place("0", 3) && !is_place("x", 3));
}

#[test]
fn nobody_escalates_to_the_service_team() {
    let whole = protocol();
    let ladder = whole.get("ladder").and_then(Value::as_array).unwrap();
    let handlers: Vec<_> = ladder.iter().filter_map(|it| it.get("handled_by")?.as_str()).collect();
    assert_eq!(handlers, ["agent", "manager", "director"]);
}
