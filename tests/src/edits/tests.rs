use std::fs;
use std::path::Path;

use crate::edits::{Bench, Verdict, edits};

/// Every edit that nobody notices is listed in `suite/edits/<protocol>.txt` with the reason why
/// it means the same: a line `REASON:` and below it the edits, `*` standing for any text.
///
/// A listed edit that `check` reports is no contradiction, so that a new rule of the checker does
/// not make the lists wrong. One that changes what a scenario says is, unless it is listed only as
/// one of many, by a `*`.
#[track_caller]
#[expect(clippy::print_stdout, reason = "the share that each finds is a figure people ask for")]
fn check(protocol: &str) {
    let bench = Bench::new(&Path::new("../protocols").join(protocol)).unwrap();
    let list = format!("suite/edits/{protocol}.txt");
    let listed = fs::read_to_string(&list).unwrap_or_default();
    let same: Vec<&str> = listed
        .lines()
        .filter(|line| line.starts_with("change ") || line.starts_with("delete "))
        .map(str::trim)
        .collect();
    let edits = edits(&bench.texts());
    let verdicts = bench.judge_all(&edits);
    let found = |verdict| verdicts.iter().filter(|it| **it == verdict).count();
    println!(
        "{protocol}: {} edits: {} found by check, {} by a scenario, {} mean the same",
        edits.len(),
        found(Verdict::Check),
        found(Verdict::Scenario),
        found(Verdict::Unnoticed)
    );
    assert!(edits.len() > 300, "the operators make too few edits: {}", edits.len());
    let mut used = vec![false; same.len()];
    let (mut unlisted, mut contradicted) = (Vec::new(), Vec::new());
    for (edit, verdict) in edits.iter().zip(&verdicts) {
        let mut places = (0..same.len()).filter(|place| matches(same[*place], &edit.what));
        let place = places.next();
        place.into_iter().chain(places).for_each(|place| used[place] = true);
        match (verdict, place) {
            (Verdict::Unnoticed, None) => unlisted.push(edit.what.as_str()),
            (Verdict::Scenario, Some(place)) if !same[place].contains('*') => {
                contradicted.push(edit.what.as_str());
            }
            _ => {}
        }
    }
    let unused = same.iter().zip(&used).filter(|(_, used)| !**used).map(|(it, _)| *it);
    let unused: Vec<&str> = unused.collect();
    assert_none("that nobody notices", &unlisted);
    assert_none("that mean the same by the list, and change a scenario", &contradicted);
    assert_none("of the list that cannot be made any more", &unused);
}

#[track_caller]
fn assert_none(what: &str, edits: &[&str]) {
    assert!(edits.is_empty(), "{} edits {what}:\n{}", edits.len(), edits.join("\n"));
}

/// Whether a text is what a pattern says, `*` standing for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut rest = text;
    let parts: Vec<&str> = pattern.split('*').collect();
    for (at, part) in parts.iter().enumerate() {
        match rest.find(part) {
            Some(found) if at > 0 || found == 0 => {
                rest = rest.split_at(found + part.len()).1;
            }
            _ => return false,
        }
    }
    pattern.ends_with('*') || rest.is_empty()
}

#[test]
fn every_edit_of_the_housing_code_is_noticed() {
    check("uk-housing-code");
}

#[test]
fn every_edit_of_the_restrictions_on_conduct_is_noticed() {
    check("conduct");
}

#[test]
fn every_edit_of_the_small_business_is_noticed() {
    check("small-business");
}

#[test]
fn every_edit_of_the_financial_firm_is_noticed() {
    check("uk-fca-disp");
}

#[test]
fn every_edit_of_the_public_body_is_noticed() {
    check("nl-awb");
}
