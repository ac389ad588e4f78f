//! What `test` found out, for people.

use std::time::Duration;

use engine::scenario::{Aspect, Cited, Coverage, Failure, Scenario};
use engine::text::{LineIndex, SourceSet, Span};

use crate::render::difference::colored;
use crate::render::palette::{BAD, DOUBT, FAINT, GOOD, STRONG, paint};
use crate::render::{count, drawing, harmless, one_line, short};
use crate::tested::{TestedProtocol, TestedScenario, Verdict};

/// The widest title beside which numbers of events stand in a row, in characters.
const TITLE_COLUMNS_MAX: usize = 100;
/// Goals that are named when they are missing; the rest is counted.
const MISSING_SHOWN_MAX: usize = 8;

/// The whole report. Protocols with errors are counted, for their scenarios could not be played.
pub(crate) fn test_text(protocols: &[TestedProtocol], n_unusable: usize, took: Duration) -> String {
    let mut text = String::new();
    let has_something = |it: &&TestedProtocol| !it.scenarios.is_empty() || !it.orphans.is_empty();
    for protocol in protocols.iter().filter(has_something) {
        let name = harmless(&format!("{} {}", protocol.id, protocol.version));
        text.push_str(&format!("{}\n", paint(STRONG, &name)));
        let titles = protocol.scenarios.iter().map(|it| it.title.chars().count());
        let columns = titles.max().unwrap_or(0).min(TITLE_COLUMNS_MAX);
        for scenario in &protocol.scenarios {
            text.push_str(&of_scenario(protocol, scenario, columns));
        }
        text.extend(protocol.orphans.iter().map(|it| of_orphan(protocol, it)));
        if let Some(coverage) = &protocol.coverage {
            text.push_str(&of_coverage(protocol, coverage));
        }
    }
    let all = || protocols.iter().flat_map(|it| &it.scenarios);
    let n_good = all().filter(|it| it.verdict.is_good()).count();
    let n_bad = all().count().saturating_sub(n_good);
    let counted = match n_bad {
        0 => paint(GOOD, &format!("{n_good} passed")),
        _ => format!("{}, {n_good} passed", paint(BAD, &format!("{n_bad} failed"))),
    };
    let unusable = match n_unusable {
        0 => String::new(),
        _ => format!(
            "{}, ",
            paint(BAD, &format!("{} with errors", count(n_unusable, "protocol", "protocols")))
        ),
    };
    text.push_str(&format!("{unusable}{counted}   in {:.2} s\n", took.as_secs_f64()));
    text
}

/// What a person is shown before being asked to accept a timeline.
pub(crate) fn reviewed(scenario: &Scenario, verdict: &Verdict, timeline: &str) -> String {
    let (what, shown) = match verdict {
        Verdict::TimelineChanged { difference } => {
            ("its timeline has changed", colored(difference))
        }
        _ => ("its timeline is new", harmless(timeline)),
    };
    let title = paint(STRONG, &one_line(&scenario.title));
    format!("\n{title}\n{}: {what}\n\n{}\n", scenario.path, shown.trim_end())
}

fn of_scenario(protocol: &TestedProtocol, scenario: &TestedScenario, columns: usize) -> String {
    let title = one_line(&scenario.title);
    let sign = if scenario.verdict.is_good() { paint(GOOD, "✓") } else { paint(BAD, "✗") };
    let events = match scenario.n_events {
        1 => "1 event".to_owned(),
        number => format!("{number} events"),
    };
    let path = paint(FAINT, &format!("      {}", shown(protocol, &scenario.path)));
    match &scenario.verdict {
        Verdict::Passed => format!("  {sign} {title:<columns$} {events:>10}\n"),
        Verdict::Accepted => {
            let done = "timeline accepted";
            format!("  {sign} {title:<columns$} {events:>10}   {done}\n")
        }
        Verdict::Failed(failures) => {
            let failures = failures.iter().map(|it| failure_text(protocol, it));
            format!("  {sign} {title}\n{}", failures.collect::<String>())
        }
        Verdict::Unreadable(diagnostics) => {
            let drawn = diagnostics.iter().map(|it| drawing(it, &protocol.scenario_sources));
            format!("  {sign} {title}: cannot be read\n\n{}", drawn.collect::<String>())
        }
        Verdict::TimelineNew => format!(
            "  {sign} {title}\n{path}\n      nobody has accepted its timeline yet: \
             `protocol test --review` shows it, `--update` accepts all\n"
        ),
        Verdict::TimelineChanged { difference } => {
            let lines = colored(difference);
            let lines = lines.lines().map(|line| format!("      {line}\n")).collect::<String>();
            format!(
                "  {sign} {title}\n{path}\n      its timeline is not the accepted one: \
                 - accepted, + now\n{lines}"
            )
        }
    }
}

/// An accepted timeline that nothing is compared with any more.
fn of_orphan(protocol: &TestedProtocol, path: &str) -> String {
    let (sign, shown) = (paint(DOUBT, "?"), harmless(&shown(protocol, path)));
    format!(
        "  {sign} {shown}\n      its scenario is gone, so nothing is compared with this timeline: \
         remove it, or bring the scenario back\n"
    )
}

fn shown(protocol: &TestedProtocol, path: &str) -> String {
    let path = protocol.folder.join(path);
    short(&path.to_string_lossy()).to_owned()
}

/// A failure with its place, its working and its rule.
pub(crate) fn failure_text(protocol: &TestedProtocol, it: &Failure) -> String {
    let step = match it.step {
        0 => harmless(&it.what),
        number => format!("step {number}  {}", harmless(&it.what)),
    };
    let place = paint(FAINT, &place(&protocol.scenario_sources, it.span));
    let mut text = format!("      {step}   {place}\n");
    let subject = it.subject.as_ref().map_or_else(String::new, |it| format!(" {it}"));
    let (expected, was) = (harmless(&it.expected), harmless(&it.was));
    let name = format!("{}{subject}", it.aspect);
    text.push_str(&format!("        {name:<12} expected {expected}   was {was}\n"));
    if let Some(because) = &it.because {
        text.push_str(&format!("        {:<12} {}\n", "because", harmless(because)));
    }
    if let Some(rule) = &it.rule {
        text.push_str(&of_rule(protocol, rule));
    }
    text
}

fn of_rule(protocol: &TestedProtocol, rule: &Cited) -> String {
    let place = paint(FAINT, &place(&protocol.sources, rule.span));
    let mut text = format!("        {:<12} {}  {place}\n", "rule", rule.path);
    if let Some(source) = &rule.source {
        let doubt = if rule.unverified { paint(DOUBT, " (unverified)") } else { String::new() };
        text.push_str(&format!("        {:<12} {}{doubt}\n", "source", harmless(source)));
    }
    text
}

/// `protocols/small-business/protocol.toml:214`.
pub(crate) fn place(sources: &SourceSet, span: Span) -> String {
    let text = sources.get(span.file).map_or("", |it| it.readable());
    let line = LineIndex::new(text).line_column(text, span.range().start).line;
    format!("{}:{line}", short(&sources.shown_path(span.file)))
}

fn of_coverage(protocol: &TestedProtocol, coverage: &Coverage) -> String {
    let tallies = Aspect::ALL.map(|aspect| (aspect.title(), coverage.tally(aspect)));
    let tallies = tallies.iter().filter(|(_, tally)| tally.total > 0);
    let shown: Vec<String> = tallies
        .map(|(title, tally)| format!("{title} {}/{}", tally.reached, tally.total))
        .collect();
    let mut text = format!("  coverage  {} %   {}\n", coverage.percent(), shown.join("  "));
    let missing: Vec<&str> = coverage.missing().map(|goal| goal.words.as_str()).collect();
    let heads = std::iter::once("missing").chain(std::iter::repeat(""));
    for (head, goal) in heads.zip(missing.iter().take(MISSING_SHOWN_MAX)) {
        text.push_str(&format!("  {head:<9} {}\n", harmless(goal)));
    }
    let n_more = missing.len().saturating_sub(MISSING_SHOWN_MAX);
    if n_more > 0 {
        text.push_str(&format!("  {:<9} and {n_more} more: `--format json` lists all\n", ""));
    }
    if protocol.is_too_little_shown() {
        let what = format!("coverage is less than {} %", protocol.percent_min);
        text.push_str(&format!("  {} {what}\n", paint(BAD, "✗")));
    }
    text
}
