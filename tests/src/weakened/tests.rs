//! Each weakening is found, no strengthening is reported.

use std::collections::BTreeMap;

use crate::weakened::house::{Changed, Verdict, house, judge};
use crate::weakened::stronger::stronger;
use crate::weakened::weaker::weaker;

/// The verdicts of all, in order, worked out by as many threads as there are processors.
fn judged(changed: &[Changed]) -> Vec<Verdict> {
    let n_threads = std::thread::available_parallelism().map_or(1, |it| it.get());
    let size = changed.len().div_ceil(n_threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = changed
            .chunks(size)
            .map(|part| {
                scope.spawn(move || part.iter().map(|it| judge(&it.text)).collect::<Vec<_>>())
            })
            .collect();
        parts.into_iter().flat_map(|it| it.join().unwrap()).collect()
    })
}

#[test]
fn the_statute_complies_with_itself() {
    assert_eq!(judge(&house().to_string()), Verdict::Complies);
}

/// Other names for the same things, and that they are the same.
#[test]
fn a_protocol_in_its_own_words_complies_where_it_maps_them() {
    let renamed = [
        ("letters", "ack1", "confirmation"),
        ("deadlines", "acknowledge1", "confirm"),
        ("events", "dissatisfied", "unhappy"),
        ("stages", "answered_once", "first_answer"),
        ("stages", "investigating", "looking_into_it"),
        ("fields", "definition", "matter"),
        ("roles", "board_member", "chair"),
    ];
    let mut text = house().to_string();
    for (_, theirs, own) in renamed {
        text = text.replace(theirs, own);
    }
    let Verdict::Short(codes) = judge(&text) else { panic!("the names are not the statute's") };
    assert!(codes.len() > 3, "{codes:?}");
    for kind in ["letters", "deadlines", "events", "stages", "fields", "roles"] {
        text.push_str(&format!("\n[maps.{kind}]\n"));
        for (_, theirs, own) in renamed.iter().filter(|it| it.0 == kind) {
            text.push_str(&format!("{theirs} = \"{own}\"\n"));
        }
    }
    assert_eq!(judge(&text), Verdict::Complies);
}

/// What `check` refuses for another reason is no protocol under which a case could be opened.
#[test]
fn each_weakening_is_found() {
    let all = weaker(&house()).0;
    let verdicts = judged(&all);
    let (mut missed, mut n_refused, mut by_code) = (Vec::new(), 0usize, BTreeMap::new());
    for (changed, verdict) in all.iter().zip(verdicts) {
        match verdict {
            Verdict::Short(codes) => {
                for code in codes {
                    *by_code.entry(code).or_insert(0usize) += 1;
                }
            }
            Verdict::Refused(_) => n_refused += 1,
            Verdict::Complies => missed.push(changed.what.clone()),
        }
    }
    assert!(missed.is_empty(), "of {} not found:\n{}", all.len(), missed.join("\n"));
    assert!(all.len() >= 150 && n_refused * 5 <= all.len(), "{} and {n_refused}", all.len());
    assert_eq!(
        by_code.len(),
        8,
        "{} weakenings, {n_refused} refused, found: {by_code:?}",
        all.len()
    );
}

#[test]
fn no_strengthening_is_reported() {
    let all = stronger(&house()).0;
    let verdicts = judged(&all);
    let mut reported = Vec::new();
    let mut n_refused = 0usize;
    for (changed, verdict) in all.iter().zip(verdicts) {
        match verdict {
            Verdict::Short(codes) => reported.push(format!("{}: {codes:?}", changed.what)),
            Verdict::Refused(_) => n_refused += 1,
            Verdict::Complies => {}
        }
    }
    assert!(reported.is_empty(), "of {} reported:\n{}", all.len(), reported.join("\n"));
    assert!(all.len() >= 60 && n_refused * 5 <= all.len(), "{} and {n_refused}", all.len());
}

/// Nobody is held against fewer statutes than are named without being told.
#[test]
fn more_statutes_than_are_compared_are_reported() {
    let names = |n: usize| vec!["\"uk-housing-code\""; n].join(", ");
    let with = |n: usize| {
        let rest = house().to_string();
        let rest = rest.trim_start_matches("complies_with = [\"uk-housing-code\"]");
        judge(&format!("complies_with = [{}]\n{rest}", names(n)))
    };
    assert_eq!(with(8), Verdict::Complies);
    let Verdict::Refused(codes) = with(9) else { panic!("nine are too many") };
    assert!(codes.iter().all(|it| it.starts_with("too-many-entries")), "{codes:?}");
}
