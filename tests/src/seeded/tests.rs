use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::judge::Subject;
use super::line::{line, verdict, wrong};

/// How many faults of a protocol are looked at where nobody asks for all: unoptimised, each takes seconds.
const SOME: usize = 4;

/// Checks a protocol against its list, and that nothing is said of a guarantee that is not so.
#[track_caller]
#[expect(clippy::print_stdout, reason = "how many faults are found is a figure people ask for")]
fn check(protocol: &str) {
    let begun = std::time::Instant::now();
    let subject = Subject::new(&Path::new("../protocols").join(protocol)).unwrap();
    println!("{protocol}: verdicts after {} ms", begun.elapsed().as_millis());
    let all = std::env::var("SEEDED").is_ok_and(|it| it == "all");
    let update = std::env::var_os("UPDATE").is_some();
    let every = if all || update { 1 } else { subject.faults.len().div_ceil(SOME).max(1) };
    let places: Vec<usize> = (0..subject.faults.len()).step_by(every).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (operator, edit) = &subject.faults[*place];
            let became = subject.judge(edit);
            done.push((*place, line(*operator, edit, &became), wrong(&subject, edit, &became)));
        }
        done
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut found: Vec<(usize, String, Vec<String>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    found.sort_unstable_by_key(|it| it.0);
    println!("{protocol}: {} faults in {} ms", found.len(), begun.elapsed().as_millis());
    let wrong: Vec<&String> = found.iter().flat_map(|it| &it.2).collect();
    let list = format!("suite/seeded/{protocol}.txt");
    let head: String = subject
        .ids()
        .zip(&subject.verdicts)
        .map(|(id, it)| format!("{id}: {}\n", verdict(it)))
        .collect();
    if update {
        let lines = found.iter().map(|it| format!("{}\n", it.1)).collect::<String>();
        fs::write(&list, format!("{head}\n{lines}")).unwrap();
    }
    let listed = fs::read_to_string(&list).unwrap_or_default();
    let (listed_head, listed_lines) = listed.split_once("\n\n").unwrap_or_default();
    assert_eq!(format!("{listed_head}\n"), head, "the guarantees without a fault");
    let listed: Vec<&str> = listed_lines.lines().collect();
    // No fault is left out of the list, also where only some are looked at.
    let whats = |line: &str| line.split(" | ").take(2).collect::<Vec<_>>().join(" | ");
    let known: Vec<String> = listed.iter().map(|it| whats(it)).collect();
    let there = subject.faults.iter().map(|(of, it)| format!("{} | {}", of.name(), it.what));
    assert_eq!(known, there.collect::<Vec<_>>(), "UPDATE=1 writes the list");
    for (place, line, _) in &found {
        assert_eq!(listed[*place], line, "UPDATE=1 writes the list");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
}

#[test]
fn faults_of_the_housing_code() {
    check("uk-housing-code");
}

#[test]
fn faults_of_the_restrictions_on_conduct() {
    check("conduct");
}

#[test]
fn faults_of_the_small_business() {
    check("small-business");
}

#[test]
fn faults_of_the_financial_firm() {
    check("uk-fca-disp");
}

#[test]
fn faults_of_the_public_body() {
    check("nl-awb");
}
