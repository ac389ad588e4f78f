//! The same protocol gives the same answer, to the byte, on any number of threads and every time.

use std::fs;
use std::path::{Path, PathBuf};

use super::said::{Said, said};

/// How many situations are looked at for a guarantee: enough that most are decided.
const SITUATIONS: &str = "600";

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols").join(name);
    path.to_string_lossy().into_owned()
}

/// What is said of two protocols that ship, and of one of which not everything is proved.
fn report(format: &str, n_threads: usize) -> Said {
    let (landlord, council) = (shipped("uk-housing-code"), shipped("nl-awb"));
    let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/suite/cli/verify/verdicts/shop");
    let words = ["verify", &landlord, &council, shop, "--budget", SITUATIONS, "--format", format];
    said(&words, Some(n_threads))
}

#[test]
fn a_report_for_programs_is_the_same_on_any_number_of_threads_and_every_time() {
    let one = report("json", 1);
    for (outcome, n) in [("proved", 8), ("refuted", 1), ("undecided", 1)] {
        let said = format!("\"outcome\": \"{outcome}\"");
        assert!(one.stdout.matches(&said).count() >= n, "{outcome}: {one:?}");
    }
    for n_threads in [2, 4, 4] {
        assert!(report("json", n_threads) == one, "{n_threads} threads");
    }
}

#[test]
fn a_report_for_people_is_the_same_on_any_number_of_threads_and_every_time() {
    let one = report("human", 1);
    for n_threads in [2, 4, 1] {
        assert!(report("human", n_threads) == one, "{n_threads} threads");
    }
}

#[test]
fn reports_for_services_are_the_same_on_any_number_of_threads() {
    for (format, some) in [("sarif", "\"ruleId\""), ("junit", "<failure")] {
        let one = report(format, 1);
        assert!(one.stdout.contains(some), "{one:?}");
        assert!(report(format, 4) == one, "{format}");
    }
}

fn certificate(n_threads: usize) -> Vec<u8> {
    let name = format!("redress-{}-steady-{n_threads}.cert", std::process::id());
    let path: PathBuf = std::env::temp_dir().join(name);
    let _ = fs::remove_file(&path);
    let (protocol, file) = (shipped("uk-housing-code"), path.to_string_lossy().into_owned());
    let words = ["verify", &protocol, "--budget", SITUATIONS, "--certificate", &file];
    let found = said(&words, Some(n_threads));
    assert!(found.stderr.contains("certified in"), "{found:?}");
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    bytes
}

#[test]
fn a_certificate_is_the_same_on_any_number_of_threads() {
    let one = certificate(1);
    assert!(one.len() > 1_000);
    assert!(certificate(4) == one);
}
