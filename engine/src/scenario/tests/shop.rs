//! A small shop, and scenarios of it that begin alike.

use crate::diagnostic::Severity;
use crate::machine::Machine;
use crate::scenario::{read, run};
use crate::text::{FileId, LineIndex, SourceSet};

pub(super) const PROTOCOL: &str = include_str!("shop.toml");

/// How every scenario begins.
pub(super) const OPENED: &str = r#"title = "t"
[opened]
at      = 2026-03-30T16:20:00
channel = "phone"
by      = "agent"
fields  = { summary = "Parcel never came", name = "J. de Vries" }
"#;

pub(super) fn machine() -> Machine {
    machine_of(PROTOCOL)
}

/// The codes of the errors of a protocol.
pub(super) fn faults_in(protocol: &str) -> Vec<&'static str> {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), protocol.as_bytes().to_vec())]);
    let (_, out) = crate::load(&sources);
    let errors = out.iter().filter(|it| it.code.severity == Severity::Error);
    errors.map(|it| it.code.name).collect()
}

pub(super) fn machine_of(protocol: &str) -> Machine {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), protocol.as_bytes().to_vec())]);
    let (machine, out) = crate::load(&sources);
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    machine.unwrap_or_else(|| panic!("{faults:?}"))
}

pub(super) fn scenario(rest: &str) -> SourceSet {
    let text = format!("{OPENED}{rest}");
    SourceSet::new("", [("scenarios/t.toml".to_owned(), text.into_bytes())])
}

/// Checks the faults of a scenario that goes on as `rest` says.
#[track_caller]
pub(super) fn check_faults(rest: &str, expected: &[&str]) {
    let sources = scenario(rest);
    let (found, out) = read(&sources, FileId(0), &machine());
    let text = sources.get(FileId(0)).unwrap().readable();
    let lines = LineIndex::new(text);
    let shown: Vec<String> = out
        .iter()
        .map(|it| {
            let line = lines.line_column(text, it.primary.span.range().start).line;
            format!("{line}: {}: {}", it.code.name, it.message)
        })
        .collect();
    assert_eq!(shown, expected);
    assert_eq!(found.is_some(), expected.is_empty());
}

/// Checks what is not as expected in a scenario that goes on as `rest` says.
#[track_caller]
pub(super) fn check(rest: &str, expected: &[&str]) {
    let machine = machine();
    let sources = scenario(rest);
    let (scenario, out) = read(&sources, FileId(0), &machine);
    let faults: Vec<&str> = out.iter().map(|it| it.message.as_str()).collect();
    let Some(scenario) = scenario else { panic!("{faults:?}") };
    let outcome = run(&machine, &scenario);
    let shown: Vec<String> = outcome
        .failures()
        .map(|it| {
            let subject = it.subject.as_deref().unwrap_or_default();
            format!("{} {} {subject}: {}, was {}", it.step, it.aspect, it.expected, it.was)
        })
        .collect();
    assert_eq!(shown, expected);
    assert_eq!(outcome.passed(), expected.is_empty());
}
