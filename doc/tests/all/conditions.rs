//! How a condition is said: in a sentence where one can be made, else as it is written.

use std::path::Path;

use doc::{Block, Inline, Line, handbook};
use engine::text::{Language, SourceSet};

/// What stands in the file that is changed.
const WRITTEN: &str = "conduct_incident.count() >= 3";

/// The line about who proposes a stop, if this were its condition.
fn said(condition: &str) -> Line {
    let sources = store::folder::read(Path::new("../protocols/conduct")).unwrap();
    let mut n_changed = 0;
    let mut changed = |text: &str| {
        n_changed += text.matches(WRITTEN).count();
        text.replace(WRITTEN, condition).into_bytes()
    };
    let files: Vec<_> =
        sources.files().map(|(_, it)| (it.path.clone(), changed(it.readable()))).collect();
    assert_eq!(n_changed, 1);
    let sources = SourceSet::new("conduct", files);
    let (machine, diagnostics) = engine::load(&sources);
    let machine = machine.unwrap_or_else(|| panic!("{condition}: {diagnostics:?}"));
    let page = handbook(&machine, &sources, Language::En);
    let stops = page.sections.iter().find(|it| it.id == "when-to-stop").unwrap();
    let facts = stops.parts.iter().flat_map(|it| &it.blocks).filter_map(|it| match it {
        Block::Facts(facts) => Some(facts),
        _ => None,
    });
    let mut lines = facts.flatten().flat_map(|(_, lines)| lines);
    lines.find(|it| it.plain().starts_with("by itself, when ")).unwrap().clone()
}

#[track_caller]
fn check(condition: &str, expected: &str) {
    let line = said(condition);
    assert_eq!(line.plain(), format!("by itself, when {expected}; that decides nothing"));
    let as_written = line.parts.iter().any(|it| *it == Inline::Code(condition.to_owned()));
    assert_eq!(as_written, expected.contains("this condition of the protocol"), "{condition}");
}

#[test]
fn entries_are_counted_in_words() {
    let entries = "“Incident of unreasonable conduct”";
    check(
        "conduct_incident.count() >= 3",
        &format!("the number of entries {entries} is 3 at least"),
    );
    check(
        "conduct_incident.count(|it| it.ended) > 1",
        &format!(
            "the number of entries {entries} in which “Staff ended the contact”: yes is more than 1"
        ),
    );
    check(
        "conduct_incident.all(|it| it.ended)",
        &format!("in every entry {entries} “Staff ended the contact”: yes"),
    );
    check(
        "!conduct_incident.some(|it| it.ended)",
        &format!("there is no entry {entries} in which “Staff ended the contact”: yes"),
    );
    check("!conduct_incident.is_empty()", &format!("there is an entry {entries}"));
}

#[test]
fn other_cases_of_a_person_are_counted_in_words() {
    check(
        "history.cases(\"12 months\") > 4",
        "the number of other cases of this person in the last 12 months is more than 4",
    );
    check(
        "history.records(\"conduct_incident\", \"6 months\") == 2",
        "the number of entries “Incident of unreasonable conduct” in other cases of this person in \
         the last 6 months is 2",
    );
}

#[test]
fn what_is_too_knotty_is_shown_as_it_is_written_and_said_to_be_a_condition() {
    for condition in [
        "conduct_incident.count() + 1 >= 4",
        "if conduct_incident.is_empty() { false } else { true }",
    ] {
        check(condition, &format!("this condition of the protocol holds: {condition}"));
    }
}
