use std::fs;
use std::path::Path;

use crate::edits::{Bench, Verdict, edits};

/// Every edit that nobody notices is listed in `suite/edits/<protocol>.txt` with the reason why
/// it means the same: a line `REASON:` and below it the edits, `*` standing for any text.
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
    let edits = edits(&bench.text());
    let mut count = [0usize; 3];
    let mut unlisted = Vec::new();
    let mut used = vec![false; same.len()];
    for edit in &edits {
        let verdict = bench.judge(&edit.text);
        count[verdict as usize] += 1;
        if verdict == Verdict::Unnoticed {
            let place = same.iter().position(|pattern| matches(pattern, &edit.what));
            match place {
                Some(place) => used[place] = true,
                None => unlisted.push(edit.what.as_str()),
            }
        }
    }
    let [check, scenario, unnoticed] = count;
    println!(
        "{protocol}: {} edits: {check} found by check, {scenario} by a scenario, {unnoticed} mean the same",
        edits.len()
    );
    assert!(edits.len() > 300, "the operators make too few edits: {}", edits.len());
    assert!(
        unlisted.is_empty(),
        "{} edits that nobody notices:\n{}",
        unlisted.len(),
        unlisted.join("\n")
    );
    let stale: Vec<&&str> =
        same.iter().zip(&used).filter(|(_, used)| !**used).map(|(it, _)| it).collect();
    assert!(stale.is_empty(), "listed in {list}, but noticed now: {stale:#?}");
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
