//! What `verify --format sarif` writes: SARIF 2.1.0. What is not true is an error, what is
//! undecided a warning, each at the entry of the guarantee.

use std::collections::BTreeMap;

use analysis::{Because, Outcome};
use engine::diagnostic::Label;
use engine::model::RuleId;
use engine::text::{FileId, Span, sha256};
use serde_json::{Value, json};
use serde_sarif::sarif;
use serde_sarif::sarif::{Invocation, MultiformatMessageString, ReportingDescriptor, ResultLevel};
use serde_sarif::sarif::{Run, Sarif, Tool, ToolComponent};

use crate::render::check::{SARIF_SCHEMA, SARIF_VERSION, location, message};
use crate::render::verify::course;
use crate::render::verify::text::course_lines;
use crate::render::verify::verdict::sentences;
use crate::verified::{Answered, Found, VerifiedProtocol, id_of, rule_of, says_of};

/// The name under which fingerprints are written. Raised when they are made in another way.
const FINGERPRINT: &str = "guaranteeInProtocol/v1";

/// The report, with a line break at its end. `everything_was_read` is false where a protocol has
/// errors.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn verify_sarif(
    protocols: &[VerifiedProtocol],
    everything_was_read: bool,
) -> serde_json::Result<String> {
    let found = || {
        let all = protocols
            .iter()
            .flat_map(|protocol| protocol.list.iter().map(move |it| (protocol, it)));
        all.filter(|(_, it)| it.found() != Found::Proved)
    };
    let rules: BTreeMap<String, String> =
        found().map(|(protocol, it)| rule(protocol, it)).collect();
    let descriptor = |(id, says): (&String, &String)| {
        let says = MultiformatMessageString::builder().text(says).build();
        ReportingDescriptor::builder().id(id).short_description(says).build()
    };
    let driver = ToolComponent::builder()
        .name("protocol")
        .full_name("Redress protocol verify")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.iter().map(descriptor).collect::<Vec<_>>())
        .build();
    let ids: Vec<&str> = rules.keys().map(String::as_str).collect();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![Invocation::builder().execution_successful(everything_was_read).build()])
        .results(found().map(|(protocol, it)| result(protocol, it, &ids)).collect::<Vec<_>>())
        .column_kind(Value::from("unicodeCodePoints"))
        .build();
    let report =
        Sarif::builder().schema(SARIF_SCHEMA).version(json!(SARIF_VERSION)).runs(vec![run]).build();
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

/// The id and the sentence of a guarantee; two protocols may have one of the same id.
fn rule(protocol: &VerifiedProtocol, it: &Answered) -> (String, String) {
    let machine = &protocol.machine;
    (whole_id(protocol, it), says_of(machine, it.verdict.asked).to_owned())
}

fn whole_id(protocol: &VerifiedProtocol, it: &Answered) -> String {
    let machine = &protocol.machine;
    format!("{}/{}", machine.protocol.id, id_of(machine, it.verdict.asked))
}

fn result(protocol: &VerifiedProtocol, it: &Answered, ids: &[&str]) -> sarif::Result {
    let (machine, sources) = (&protocol.machine, &protocol.sources);
    let level = match it.found() {
        Found::Refuted => ResultLevel::Error,
        Found::Undecided | Found::Proved => ResultLevel::Warning,
    };
    let id = whole_id(protocol, it);
    let says = says_of(machine, it.verdict.asked);
    let said = sentences(protocol, it).join("\n");
    let text = format!("{says}\n{said}\n{}", course_lines(protocol, it, ""));
    let span = match rule_of(machine, it.verdict.asked) {
        Some(rule) => machine.protocol.rule(rule).span,
        None => Span::new(FileId(0), 0..0),
    };
    let here = Label { span, text: String::new() };
    let fingerprint = BTreeMap::from([(FINGERPRINT.to_owned(), sha256(id.as_bytes()))]);
    let mut result = sarif::Result::builder()
        .rule_id(&id)
        .level(level)
        .message(message(text.trim_end()))
        .locations(vec![location(&here, None, sources)])
        .partial_fingerprints(fingerprint)
        .build();
    result.rule_index = ids.binary_search(&id.as_str()).ok().and_then(|it| it.try_into().ok());
    let others = others(protocol, it);
    let labels = others.iter().map(|rule| {
        let rule = machine.protocol.rule(*rule);
        Label { span: rule.span, text: rule.path.clone() }
    });
    let others = (1i64..).zip(labels);
    let others: Vec<_> = others.map(|(id, label)| location(&label, Some(id), sources)).collect();
    result.related_locations = (!others.is_empty()).then_some(others);
    result
}

/// The entries that made the course what it is, or that stand in the way of a proof.
fn others(protocol: &VerifiedProtocol, it: &Answered) -> Vec<RuleId> {
    if let Outcome::Undecided(undecided) = &it.verdict.outcome {
        let rule = |because: &Because| match because {
            Because::Condition(rule)
            | Because::PauseWithoutLimit(rule)
            | Because::DateSet(rule)
            | Because::Grid(rule)
            | Because::Entries(rule)
            | Because::Lengthens(rule)
            | Because::NotSeenMet(rule)
            | Because::NotSeenMissed(rule) => Some(*rule),
            Because::NoDates | Because::Budget(_) | Because::Time | Because::OtherCases => None,
        };
        return undecided.because.iter().filter_map(rule).collect();
    }
    course::rules(protocol, it)
}
