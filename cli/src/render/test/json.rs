//! What `test --format json` writes.

use engine::diagnostic::Diagnostic;
use engine::scenario::{Aspect, Coverage, Failure};
use serde::Serialize;

use crate::render::check::{DiagnosticWire, diagnostic};
use crate::render::short;
use crate::render::test::text::place;
use crate::tested::{TestedProtocol, TestedScenario, Verdict};

/// Raised whenever a name below changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    protocols: Vec<ProtocolWire<'a>>,
    with_errors: Vec<&'a str>,
    passed: usize,
    failed: usize,
}

#[derive(Serialize)]
struct ProtocolWire<'a> {
    id: &'a str,
    version: &'a str,
    folder: String,
    scenarios: Vec<ScenarioWire<'a>>,
    timelines_without_scenario: &'a [String],
    coverage: Option<CoverageWire<'a>>,
}

#[derive(Serialize)]
struct ScenarioWire<'a> {
    title: &'a str,
    path: &'a str,
    result: &'static str,
    events: usize,
    failures: Vec<FailureWire<'a>>,
    diagnostics: Vec<DiagnosticWire<'a>>,
    difference: Option<&'a str>,
}

#[derive(Serialize)]
struct FailureWire<'a> {
    step: u32,
    what: &'a str,
    place: String,
    aspect: &'a str,
    subject: Option<&'a str>,
    expected: &'a str,
    was: &'a str,
    because: Option<&'a str>,
    rule: Option<CitedWire<'a>>,
}

#[derive(Serialize)]
struct CitedWire<'a> {
    path: &'a str,
    place: String,
    source: Option<&'a str>,
    unverified: bool,
}

#[derive(Serialize)]
struct CoverageWire<'a> {
    percent: u8,
    enough: bool,
    aspects: Vec<AspectWire>,
    missing: Vec<MissingWire<'a>>,
}

#[derive(Serialize)]
struct AspectWire {
    aspect: &'static str,
    reached: usize,
    total: usize,
}

#[derive(Serialize)]
struct MissingWire<'a> {
    aspect: &'static str,
    what: &'a str,
}

/// One JSON object, with a line break at its end. `unusable` are the folders of protocols whose
/// scenarios could not be played.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn test_json(
    protocols: &[TestedProtocol],
    unusable: &[String],
) -> serde_json::Result<String> {
    let all = || protocols.iter().flat_map(|it| &it.scenarios);
    let passed = all().filter(|it| it.verdict.is_good()).count();
    let report = Report {
        schema_version: SCHEMA_VERSION,
        protocols: protocols.iter().map(protocol).collect(),
        with_errors: unusable.iter().map(|it| short(it)).collect(),
        passed,
        failed: all().count().saturating_sub(passed),
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn protocol(it: &TestedProtocol) -> ProtocolWire<'_> {
    ProtocolWire {
        id: &it.id,
        version: &it.version,
        folder: short(&it.folder.to_string_lossy()).to_owned(),
        scenarios: it.scenarios.iter().map(|scenario| self::scenario(it, scenario)).collect(),
        timelines_without_scenario: &it.orphans,
        coverage: it.coverage.as_ref().map(|coverage| self::coverage(it, coverage)),
    }
}

fn scenario<'a>(protocol: &'a TestedProtocol, it: &'a TestedScenario) -> ScenarioWire<'a> {
    let mut wire = ScenarioWire {
        title: &it.title,
        path: &it.path,
        result: "passed",
        events: it.n_events,
        failures: Vec::new(),
        diagnostics: Vec::new(),
        difference: None,
    };
    match &it.verdict {
        Verdict::Passed => {}
        Verdict::Accepted => wire.result = "timeline_accepted",
        Verdict::Failed(failures) => {
            wire.result = "failed";
            wire.failures = failures.iter().map(|it| failure(protocol, it)).collect();
        }
        Verdict::Unreadable(diagnostics) => {
            wire.result = "unreadable";
            let wired = |it: &'a Diagnostic| diagnostic(it, &protocol.scenario_sources);
            wire.diagnostics = diagnostics.iter().map(wired).collect();
        }
        Verdict::TimelineNew => wire.result = "timeline_new",
        Verdict::TimelineChanged { difference } => {
            wire.result = "timeline_changed";
            wire.difference = Some(difference);
        }
    }
    wire
}

fn failure<'a>(protocol: &TestedProtocol, it: &'a Failure) -> FailureWire<'a> {
    FailureWire {
        step: it.step,
        what: &it.what,
        place: place(&protocol.scenario_sources, it.span),
        aspect: it.aspect,
        subject: it.subject.as_deref(),
        expected: &it.expected,
        was: &it.was,
        because: it.because.as_deref(),
        rule: it.rule.as_ref().map(|rule| CitedWire {
            path: &rule.path,
            place: place(&protocol.sources, rule.span),
            source: rule.source.as_deref(),
            unverified: rule.unverified,
        }),
    }
}

fn coverage<'a>(protocol: &TestedProtocol, it: &'a Coverage) -> CoverageWire<'a> {
    let aspect = |aspect: Aspect| {
        let tally = it.tally(aspect);
        AspectWire { aspect: aspect.title(), reached: tally.reached, total: tally.total }
    };
    let missing =
        it.missing().map(|goal| MissingWire { aspect: goal.aspect.title(), what: &goal.words });
    CoverageWire {
        percent: it.percent(),
        enough: !protocol.is_too_little_shown(),
        aspects: Aspect::ALL.into_iter().map(aspect).collect(),
        missing: missing.collect(),
    }
}
