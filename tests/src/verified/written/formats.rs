//! What `verify` writes for other programs, as these read it: SARIF by its schema and by the rules that a schema cannot
//! say, JUnit by its elements. A sentence of an author is nothing to either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::Value;

use super::folder::Folder;
use super::said::said;

const VERDICTS: &str = "suite/cli/verify/verdicts/shop";

/// What JSON, XML and SARIF each take for something else, as TOML writes it. Characters that steer a
/// terminal are an error in a protocol.
const HOSTILE: &str = r#"]]> <failure/> & {0} {x} \"y\" \uFFFE %00 [z](1)"#;

fn inside(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_string_lossy().into_owned()
}

/// A protocol of which something is proved, something is not true and something undecided, and
/// every sentence is hostile; so is the name of its folder.
fn hostile(name: &str) -> Folder {
    let text = fs::read_to_string(inside(VERDICTS) + "/protocol.toml").unwrap();
    let (before, guarantees) = text.split_once("[[guarantees]]").unwrap();
    let says = |line: &str| match line.split_once(" = \"") {
        Some((key, rest)) if key.trim() == "says" => format!("says = \"{HOSTILE} {rest}\n"),
        _ => format!("{line}\n"),
    };
    let guarantees: String = guarantees.lines().map(says).collect();
    assert!(guarantees.matches(HOSTILE).count() >= 3, "{guarantees}");
    let text = format!("{before}[[guarantees]]{guarantees}");
    Folder::with(&format!("formats {name} é{{0}}"), &text)
}

/// A report and what of the same is said in JSON.
fn reports(paths: &[&str], format: &str) -> (String, Value) {
    let words = |format| [&["verify"], paths, &["--format", format]].concat();
    let written = said(&words(format), None);
    let plain = said(&words("json"), None);
    assert_eq!((written.exit, written.stderr.as_str()), (plain.exit, ""), "{written:?}");
    (written.stdout, serde_json::from_str(&plain.stdout).unwrap())
}

/// The schema of SARIF 2.1.0 as OASIS has published it: the crate that writes it brings it along.
fn schema() -> Value {
    let words = ["metadata", "--format-version", "1", "--offline", "--locked"];
    let cargo = Command::new(env!("CARGO")).args(words).current_dir(inside("..")).output().unwrap();
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let found = packages.iter().find(|it| it["name"] == "serde-sarif").unwrap();
    let manifest = Path::new(found["manifest_path"].as_str().unwrap());
    let text = fs::read_to_string(manifest.parent().unwrap().join("src/schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[track_caller]
fn check_sarif(written: &str) -> Value {
    let report: Value = serde_json::from_str(written).unwrap();
    let schema = schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    let validator = jsonschema::draft7::options().should_validate_formats(true).build(&schema);
    let faults: Vec<String> = validator
        .unwrap()
        .iter_errors(&report)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(report["version"], "2.1.0");
    for run in report["runs"].as_array().unwrap() {
        check_run(run);
    }
    report
}

/// What the text of the standard says beyond its schema.
#[track_caller]
fn check_run(run: &Value) {
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "3.19.23: each rule once");
    for result in run["results"].as_array().unwrap() {
        let place = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[place]["id"], result["ruleId"], "3.27.6: the rule at that place");
        check_message(&result["message"]);
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        let related: Vec<&Value> = related.collect();
        let numbers: BTreeSet<u64> = related.iter().map(|it| it["id"].as_u64().unwrap()).collect();
        assert_eq!(numbers.len(), related.len(), "3.28.2: each number once");
        for location in related.into_iter().chain(result["locations"].as_array().unwrap()) {
            if location.get("message").is_some() {
                check_message(&location["message"]);
            }
            check_region(&location["physicalLocation"]["region"]);
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            check_message(&fix["description"]);
        }
    }
}

/// 3.11.5: what is no placeholder has its braces twice. And nothing that steers a terminal.
#[track_caller]
fn check_message(message: &Value) {
    let text = message["text"].as_str().unwrap();
    let left = text.replace("{{", "").replace("}}", "");
    assert!(!left.contains(['{', '}']), "{text}");
    assert!(!text.chars().any(|it| it.is_control() && it != '\n' && it != '\t'), "{text:?}");
    assert!(!text.is_empty());
}

/// 3.30.2: an end that is not before the beginning.
#[track_caller]
fn check_region(region: &Value) {
    let [line, column, end_line, end_column] =
        ["startLine", "startColumn", "endLine", "endColumn"].map(|it| region[it].as_u64().unwrap());
    assert!((line, column) <= (end_line, end_column) && line > 0 && column > 0, "{region}");
}

#[test]
fn sarif_of_verdicts_is_what_the_standard_says() {
    let (faulty, verdicts) = (inside("../examples/faulty"), inside(VERDICTS));
    let (written, plain) = reports(&[&faulty, &verdicts], "sarif");
    let report = check_sarif(&written);
    let results = report["runs"][0]["results"].as_array().unwrap();
    let count = |level: &str| results.iter().filter(|it| it["level"] == level).count() as u64;
    assert_eq!(count("error"), plain["refuted"].as_u64().unwrap());
    assert_eq!(count("warning"), plain["undecided"].as_u64().unwrap());
    assert!(count("error") >= 7 && count("warning") >= 1, "{written}");
}

#[test]
fn sarif_of_hostile_sentences_is_what_the_standard_says() {
    let hostile = hostile("sarif");
    let (written, plain) = reports(&[hostile.shown()], "sarif");
    let report = check_sarif(&written);
    let results = report["runs"][0]["results"].as_array().unwrap().len() as u64;
    let expected = ["refuted", "undecided"].map(|it| plain[it].as_u64().unwrap());
    assert_eq!(results, expected.iter().sum::<u64>());
}

/// Every kind of diagnostic, with what would mend it.
#[test]
fn sarif_of_diagnostics_is_what_the_standard_says() {
    let written = said(&["check", &inside("suite/diagnostics"), "--format", "sarif"], None);
    let report = check_sarif(&written.stdout);
    assert!(report["runs"][0]["results"].as_array().unwrap().len() >= 20, "{report}");
}

/// What a reader of JUnit finds: for each suite its cases, with what each of them is.
struct Read {
    counted: BTreeMap<String, u64>,
    totals: BTreeMap<String, u64>,
    names: Vec<String>,
    texts: String,
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let all = element.attributes().map(|it| {
        let it = it.unwrap();
        let key = it.key.as_ref().to_owned();
        (key, it.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned())
    });
    all.collect()
}

/// Reads a report. Whatever XML does not allow is a fault.
#[track_caller]
fn read_junit(written: &str) -> Read {
    let is_xml = |it: char| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(written.chars().all(is_xml), "{written:?}");
    let mut found = Read {
        counted: BTreeMap::new(),
        totals: BTreeMap::new(),
        names: Vec::new(),
        texts: String::new(),
    };
    let mut reader = Reader::from_str(written);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(it) | Event::Empty(it) => {
                let name = it.name().as_ref().to_owned();
                let said = attributes(it);
                match name.as_str() {
                    "testsuites" => {
                        for key in ["tests", "failures", "errors", "skipped"] {
                            found.totals.insert(key.to_owned(), said[key].parse().unwrap());
                        }
                    }
                    "testcase" => found.names.push(said["name"].clone()),
                    _ => {}
                }
                found.texts.extend(said.get("message").into_iter().map(String::as_str));
                *found.counted.entry(name).or_default() += 1;
            }
            Event::Text(it) => found.texts.push_str(it),
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[track_caller]
fn check_junit(paths: &[&str]) -> Read {
    let (written, plain) = reports(paths, "junit");
    let read = read_junit(&written);
    let count = |element: &str| read.counted.get(element).copied().unwrap_or(0);
    let said = |outcome: &str| plain[outcome].as_u64().unwrap();
    assert_eq!(count("failure"), said("refuted"), "{written}");
    assert_eq!(count("error"), said("undecided"), "{written}");
    let all = said("proved") + said("refuted") + said("undecided");
    assert_eq!((count("testsuites"), count("testcase")), (1, all), "{written}");
    assert_eq!(read.totals["tests"], all);
    assert_eq!(
        (read.totals["failures"], read.totals["errors"]),
        (count("failure"), count("error"))
    );
    let protocols = plain["protocols"].as_array().unwrap();
    assert_eq!(count("testsuite"), protocols.len() as u64);
    let known =
        ["testsuites", "testsuite", "testcase", "failure", "error"].map(str::to_owned).into();
    let elements: BTreeSet<String> = read.counted.keys().cloned().collect();
    assert!(elements.is_subset(&known), "{elements:?}");
    read
}

#[test]
fn junit_of_verdicts_is_read_as_it_was_meant() {
    let (faulty, verdicts) = (inside("../examples/faulty"), inside(VERDICTS));
    let read = check_junit(&[&faulty, &verdicts]);
    assert!(read.counted["failure"] >= 7 && read.counted["error"] >= 1);
    assert!(read.names.iter().any(|it| it == "Nothing is closed without a final response"));
    assert!(read.texts.contains("opened by complainant"), "{}", read.texts);
}

#[test]
fn junit_of_hostile_sentences_is_read_as_it_was_meant() {
    let hostile = hostile("junit");
    let read = check_junit(&[hostile.shown()]);
    let n_hostile =
        read.names.iter().filter(|it| it.contains("]]> <failure/> & {0} {x} \"y\"")).count();
    assert!(n_hostile >= 3, "{:?}", read.names);
}
