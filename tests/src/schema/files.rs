//! Every file of the repository, by its schema.

use std::fs;
use std::path::{Path, PathBuf};

use engine::diagnostic::Diagnostics;
use engine::text::{FileId, SourceSet};

use crate::layout::toml_files;
use crate::schema::agree::{is_of_form, reads};
use crate::schema::validator::{Kind, faults, json, validator};

/// Every TOML file below a folder, with what it is.
fn files(folder: &Path, found: &mut Vec<(Kind, PathBuf)>) {
    let mut paths = Vec::new();
    toml_files(folder, &mut paths);
    found.extend(paths.into_iter().map(|path| {
        let parent = path.parent().and_then(Path::file_name).unwrap_or_default();
        let kind = match parent.to_string_lossy().as_ref() {
            "scenarios" => Kind::Scenario,
            "calendars" => Kind::Calendar,
            _ => Kind::Protocol,
        };
        (kind, path)
    }));
}

/// Column maps and questions: TOML that is read by something else.
fn is_no_protocol(path: &Path, text: &str) -> bool {
    let shown = path.to_string_lossy();
    shown.contains("suite/time") || text.contains("[columns]")
}

#[test]
fn every_shipped_file_is_as_its_schema_says() {
    let mut all = Vec::new();
    files(Path::new("../protocols"), &mut all);
    files(Path::new("../examples"), &mut all);
    let kinds = [Kind::Protocol, Kind::Scenario, Kind::Calendar];
    for kind in kinds {
        let validator = validator(kind);
        let mut n_files = 0;
        for (_, path) in all.iter().filter(|(it, _)| *it == kind) {
            let text = fs::read_to_string(path).unwrap();
            if is_no_protocol(path, &text) {
                continue;
            }
            let found = faults(&validator, &text);
            assert!(found.is_empty(), "{}: {found:#?}", path.display());
            n_files += 1;
        }
        assert!(n_files >= 10, "{kind:?}: only {n_files} files were looked at");
    }
}

/// The reader's own word on every file of the suite is the schema's word too.
#[test]
fn fixtures_with_a_fault_of_form_are_refused_and_all_others_taken() {
    let mut all = Vec::new();
    files(Path::new("suite/diagnostics"), &mut all);
    files(Path::new("suite/cli"), &mut all);
    let validator = validator(Kind::Protocol);
    let (mut n_refused, mut n_taken) = (0, 0);
    for (_, path) in all.iter().filter(|(kind, _)| *kind == Kind::Protocol) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        if json(&text).is_none() || is_no_protocol(path, &text) {
            continue;
        }
        let Some(said) = reads(Kind::Protocol, &text, None) else { continue };
        let found = faults(&validator, &text);
        let shown = path.display();
        assert_eq!(said.is_empty(), found.is_empty(), "{shown}\n{said:#?}\n{found:#?}");
        if found.is_empty() { n_taken += 1 } else { n_refused += 1 }
    }
    assert!(n_refused >= 8, "only {n_refused} fixtures have a fault of form");
    assert!(n_taken >= 200, "only {n_taken} have none");
}

#[test]
fn scenarios_with_a_fault_of_form_are_refused_and_all_others_taken() {
    let validator = validator(Kind::Scenario);
    let mut n_files = 0;
    for folder in fs::read_dir("suite/diagnostics").unwrap() {
        let folder = folder.unwrap().path();
        let Ok(scenarios) = store::folder::scenarios(&folder) else { continue };
        let (Some(machine), _) = engine::load(&store::folder::read(&folder).unwrap()) else {
            continue;
        };
        for (path, bytes) in scenarios {
            let Some(text) = String::from_utf8(bytes).ok().filter(|it| json(it).is_some()) else {
                continue;
            };
            let Some(said) = reads(Kind::Scenario, &text, Some(&machine)) else { continue };
            let found = faults(&validator, &text);
            assert_eq!(said.is_empty(), found.is_empty(), "{path}\n{said:#?}\n{found:#?}");
            n_files += 1;
        }
    }
    assert!(n_files >= 10, "only {n_files} scenarios were looked at");
}

#[test]
fn the_reader_of_sets_of_holidays_agrees_on_a_broken_one() {
    let validator = validator(Kind::Calendar);
    let text = fs::read_to_string("../protocols/calendars/eu.toml").unwrap();
    for (from, to) in [("title", "titel"), ("[[holiday]]", "[[holidays]]")] {
        let broken = text.replacen(from, to, 1);
        let protocol = ("protocol.toml".to_owned(), Vec::new());
        let own = ("calendars/eu.toml".to_owned(), broken.clone().into_bytes());
        let mut out = Diagnostics::default();
        let sources = SourceSet::new("", [protocol, own]);
        drop(engine::syntax::read(&sources, &mut out));
        let at = sources.find("calendars/eu.toml").unwrap_or(FileId(0));
        assert!(out.iter().any(|it| it.primary.span.file == at && is_of_form(it.code.name)));
        assert!(!faults(&validator, &broken).is_empty(), "{from}");
    }
}
