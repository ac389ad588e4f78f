use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::judge::{Became, Subject};
use super::line::{line, verdict, wrong};
use super::oracle::Truth;

/// What is done with the list of a protocol.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// So many faults, spread over the list, are compared with it: in some protocols each takes
    /// long.
    Some(usize),
    /// Every fault is compared.
    All,
    /// The list is written.
    Written,
}

/// Every fault is compared in every run.
const ALL: usize = usize::MAX;

/// Checks a protocol against its list, and that nothing is said of a guarantee that is not so.
#[track_caller]
fn check(protocol: &str, some: usize) {
    let asked = std::env::var("SEEDED").unwrap_or_default();
    let wanted = match asked.as_str() {
        "write" => Wanted::Written,
        _ if std::env::var_os("UPDATE").is_some() => Wanted::Written,
        "all" => Wanted::All,
        _ => Wanted::Some(some),
    };
    let subject = Subject::new(&Path::new("../protocols").join(protocol)).unwrap();
    let every = match wanted {
        Wanted::Some(some) => subject.faults.len().div_ceil(some.max(1)),
        Wanted::All | Wanted::Written => 1,
    };
    // From the last one back, so that one of the numbers is among them: they are most.
    let places: Vec<usize> = (0..subject.faults.len()).rev().step_by(every).collect();
    let places = if wanted == Wanted::Some(0) { Vec::new() } else { places };
    let found = judged(&subject, &places);
    let list = format!("suite/seeded/{protocol}.txt");
    if wanted == Wanted::Written {
        let lines = found.iter().map(|it| format!("{}\n", it.line)).collect::<String>();
        fs::write(&list, format!("{}\n{lines}", head(&subject))).unwrap();
    }
    compare(&subject, &fs::read_to_string(&list).unwrap_or_default(), &found);
    let wrong: Vec<&String> = found.iter().flat_map(|it| &it.wrong).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
    say(protocol, &found);
}

/// What became of a fault.
struct Found {
    place: usize,
    line: String,
    wrong: Vec<String>,
    /// What was seen of each guarantee that depends on what was changed.
    seen: Vec<Truth>,
}

/// What becomes of some faults. Every core takes the next one.
fn judged(subject: &Subject, places: &[usize]) -> Vec<Found> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
            let (operator, edit) = &subject.faults[place];
            let became = subject.judge(edit);
            let seen = match &became {
                Became::Judged(it) => it.each.iter().filter_map(|it| it.truth).collect(),
                Became::Refused(_) => Vec::new(),
            };
            let line = line(*operator, edit, &became);
            progress(place, subject.faults.len(), &line);
            done.push(Found { place, line, wrong: wrong(subject, edit, &became), seen });
        }
        done
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut found: Vec<Found> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    found.sort_unstable_by_key(|it| it.place);
    found
}

/// What is said of the guarantees without a fault.
fn head(subject: &Subject) -> String {
    let each = subject.ids().zip(subject.verdicts());
    each.map(|(id, it)| format!("{id}: {}\n", verdict(it))).collect()
}

fn compare(subject: &Subject, list: &str, found: &[Found]) {
    let (listed_head, lines) = list.split_once("\n\n").unwrap_or_default();
    // No fault is left out of the list, also where only some are looked at.
    let listed: Vec<&str> = lines.lines().collect();
    let what = |line: &str| line.split(" | ").take(2).collect::<Vec<_>>().join(" | ");
    let known: Vec<String> = listed.iter().map(|it| what(it)).collect();
    let there = subject.faults.iter().map(|(of, it)| format!("{} | {}", of.name(), it.what));
    assert_eq!(known, there.collect::<Vec<_>>(), "`cargo xtask seeded-faults --update` writes it");
    if !found.is_empty() {
        assert_eq!(format!("{listed_head}\n"), head(subject), "the guarantees without a fault");
    }
    for it in found {
        assert_eq!(listed[it.place], it.line, "`cargo xtask seeded-faults --update` writes it");
    }
}

/// With `SEEDED=all` and `write` each fault is told when it is done: what takes long can be watched, and is of
/// use where it is broken off.
#[expect(clippy::print_stdout, reason = "a long run is watched")]
fn progress(place: usize, of: usize, line: &str) {
    if std::env::var_os("SEEDED").is_some() {
        println!("{} of {of} | {line}", place + 1);
    }
}

#[expect(clippy::print_stdout, reason = "how many faults are found is a figure people ask for")]
fn say(protocol: &str, found: &[Found]) {
    let of = |what: &str| found.iter().filter(|it| it.line.contains(what)).count();
    let seen =
        |truth: Truth| found.iter().flat_map(|it| &it.seen).filter(|it| **it == truth).count();
    println!(
        "{protocol}: {} faults: {} refused by check, {} refute a guarantee, {} survive, {} leave one undecided",
        found.len(),
        of("| refused by check"),
        of(": refuted"),
        of("| survives"),
        of(": undecided"),
    );
    println!(
        "{protocol}: seen broken on the grid: {}, on the dates of the verdict only: {}, by the engine only: {}; \
         unbroken on the whole grid: {}, as far as was looked: {}",
        seen(Truth::BrokenOnGrid),
        seen(Truth::BrokenOnItsDates),
        seen(Truth::BrokenByEngine),
        seen(Truth::Unbroken),
        seen(Truth::NotSeen),
    );
}

#[test]
fn every_protocol_that_ships_has_a_list_and_no_other() {
    let lists = fs::read_dir("suite/seeded").unwrap().map(|it| it.unwrap().file_name());
    let lists: BTreeSet<String> = lists.map(|it| it.into_string().unwrap()).collect();
    let ships = store::PROTOCOLS.iter().map(|(name, _)| format!("{name}.txt"));
    assert_eq!(lists, ships.collect(), "a test here, then `cargo xtask seeded-faults --update`");
}

#[test]
fn faults_of_au_rg271() {
    check("au-rg271", ALL);
}

#[test]
fn faults_of_conduct() {
    check("conduct", ALL);
}

#[test]
fn faults_of_dk_klageansvarlig() {
    check("dk-klageansvarlig", ALL);
}

#[test]
fn faults_of_eu_psd2() {
    check("eu-psd2", ALL);
}

#[test]
fn faults_of_fr_acpr() {
    check("fr-acpr", ALL);
}

#[test]
fn faults_of_iso_10002() {
    check("iso-10002", ALL);
}

#[test]
fn faults_of_nhs_england() {
    check("nhs-england", ALL);
}

#[test]
fn faults_of_nl_awb() {
    check("nl-awb", ALL);
}

#[test]
fn faults_of_nl_wkkgz() {
    check("nl-wkkgz", ALL);
}

#[test]
fn faults_of_scotland_spso() {
    check("scotland-spso", ALL);
}

#[test]
fn faults_of_se_fi() {
    check("se-fi", ALL);
}

#[test]
fn faults_of_small_business() {
    check("small-business", 9);
}

#[test]
fn faults_of_uk_fca_disp() {
    check("uk-fca-disp", ALL);
}

#[test]
fn faults_of_uk_housing_code() {
    check("uk-housing-code", ALL);
}

#[test]
fn faults_of_us_cfpb() {
    check("us-cfpb", ALL);
}
