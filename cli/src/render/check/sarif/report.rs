//! The report: the tool with the rules that found something, and the findings.

use std::collections::BTreeMap;

use engine::diagnostic::{Diagnostic, Fix, Severity};
use engine::text::SourceSet;
use serde_json::{Value, json};
use serde_sarif::sarif;
use serde_sarif::sarif::{Invocation, MultiformatMessageString, ReportingConfiguration};
use serde_sarif::sarif::{ReportingDescriptor, ResultLevel, Run, Sarif, Tool, ToolComponent};

use crate::explain;
use crate::render::CheckedProtocol;
use crate::render::check::sarif::fingerprint::{self, Fingerprints};
use crate::render::check::sarif::place::{artifact, location, message, region};

/// Where the schema of a report is published.
pub(crate) const SARIF_SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The version of the format.
pub(crate) const SARIF_VERSION: &str = "2.1.0";

/// The report, with a line break at its end. At most `shown_max` faults are written.
/// `everything_was_read` is false where a protocol could not be opened.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn checked_sarif(
    protocols: &[CheckedProtocol<'_>],
    shown_max: usize,
    everything_was_read: bool,
) -> serde_json::Result<String> {
    let found = || protocols.iter().flat_map(|it| &it.found).take(shown_max);
    let by_code: BTreeMap<&str, Severity> =
        found().map(|(it, _)| (it.code.name, it.code.severity)).collect();
    let codes: Vec<&str> = by_code.keys().copied().collect();
    let rules = by_code.iter().map(|(code, severity)| rule(code, *severity));
    let driver = ToolComponent::builder()
        .name("protocol")
        .full_name("Redress protocol check")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.collect::<Vec<_>>())
        .build();
    let mut prints = Fingerprints::default();
    let results = found().map(|(it, sources)| result(it, sources, &codes, &mut prints));
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![Invocation::builder().execution_successful(everything_was_read).build()])
        .results(results.collect::<Vec<_>>())
        .column_kind(Value::from("unicodeCodePoints"))
        .build();
    let report =
        Sarif::builder().schema(SARIF_SCHEMA).version(json!(SARIF_VERSION)).runs(vec![run]).build();
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

/// A code with its page, which is part of the report so that it needs no network.
fn rule(code: &str, severity: Severity) -> ReportingDescriptor {
    let mut rule = ReportingDescriptor::builder()
        .id(code)
        .default_configuration(
            ReportingConfiguration::builder().level(json!(level(severity))).build(),
        )
        .build();
    if let Ok(page) = explain::page(code) {
        let first = page.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
        rule.short_description = Some(MultiformatMessageString::builder().text(first).build());
        rule.help = Some(MultiformatMessageString::builder().text(page).markdown(page).build());
    }
    rule
}

fn result(
    it: &Diagnostic,
    sources: &SourceSet,
    codes: &[&str],
    fingerprints: &mut Fingerprints,
) -> sarif::Result {
    let help = it.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    let fingerprint = fingerprints.of(it, sources);
    let fingerprint = BTreeMap::from([(fingerprint::NAME.to_owned(), fingerprint)]);
    let mut result = sarif::Result::builder()
        .rule_id(it.code.name)
        .level(level(it.code.severity))
        .message(message(&format!("{}{help}", it.message)))
        .locations(vec![location(&it.primary, None, sources)])
        .partial_fingerprints(fingerprint)
        .build();
    result.rule_index = codes.binary_search(&it.code.name).ok().and_then(|it| it.try_into().ok());
    let others = (1i64..).zip(&it.others);
    let others: Vec<_> = others.map(|(id, label)| location(label, Some(id), sources)).collect();
    result.related_locations = (!others.is_empty()).then_some(others);
    result.fixes = it.fix.as_ref().map(|it| vec![fix(it, sources)]);
    result
}

const fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
    }
}

/// A change, file by file.
fn fix(it: &Fix, sources: &SourceSet) -> sarif::Fix {
    let mut files: BTreeMap<_, Vec<sarif::Replacement>> = BTreeMap::new();
    let mut spans = BTreeMap::new();
    for edit in &it.edits {
        let inserted = sarif::ArtifactContent::builder().text(&edit.text).build();
        let replacement = sarif::Replacement::builder()
            .deleted_region(region(edit.span, sources))
            .inserted_content(inserted)
            .build();
        files.entry(edit.span.file).or_default().push(replacement);
        spans.entry(edit.span.file).or_insert(edit.span);
    }
    let changes = files.into_iter().zip(spans.into_values()).map(|((_, replacements), span)| {
        sarif::ArtifactChange::builder()
            .artifact_location(artifact(span, sources))
            .replacements(replacements)
            .build()
    });
    sarif::Fix::builder()
        .description(message(&it.title))
        .artifact_changes(changes.collect::<Vec<_>>())
        .build()
}

#[cfg(test)]
mod tests {
    use engine::diagnostic::Code;
    use engine::text::{FileId, Span};
    use proptest::prelude::*;

    use super::*;

    fn report(text: &str, message: &str, range: std::ops::Range<usize>) -> String {
        let sources = SourceSet::new("p", [("protocol.toml".to_owned(), text.as_bytes().to_vec())]);
        let span = Span::new(FileId(0), range);
        let fault = Diagnostic::new(Code::error("unknown-stage"), message, span, "here")
            .other(Span::whole(FileId(0)), "there")
            .help("did you mean `closed`?")
            .fix("write `closed`", span, "\"closed\"");
        let found = vec![(&fault, &sources)];
        checked_sarif(&[CheckedProtocol { folder: "p".to_owned(), found }], 50, true).unwrap()
    }

    #[test]
    fn a_finding_has_its_rule_its_place_in_characters_and_its_change() {
        let written: Value = serde_json::from_str(&report("é = 1\nb = 2", "m `x`", 7..8)).unwrap();
        let run = &written["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "unknown-stage");
        assert!(rule["help"]["text"].as_str().unwrap().starts_with("# unknown-stage\n"));
        let result = &run["results"][0];
        assert_eq!((&result["ruleId"], &result["ruleIndex"]), (&rule["id"], &json!(0)));
        assert_eq!(result["message"]["text"], "m `x`; did you mean `closed`?");
        let region = json!({ "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2 });
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            (&place["region"], &place["artifactLocation"]["uri"]),
            (&region, &json!("p/protocol.toml"))
        );
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["replacements"][0]["deletedRegion"], region);
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "\"closed\"");
        assert_eq!(result["partialFingerprints"][fingerprint::NAME].as_str().unwrap().len(), 64);
    }

    proptest! {
        /// The types are made from the official schema, so what they can read again, and write
        /// again without a difference, has no key and no shape that the schema does not know.
        #[test]
        fn any_fault_is_a_report_that_can_be_read_again(
            text in any::<String>(), message in any::<String>(), start in 0usize..60, n in 0usize..60,
        ) {
            let written = report(&text, &message, start..start + n);
            let read: Sarif = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(serde_json::to_string_pretty(&read).unwrap() + "\n", written.clone());
            prop_assert!(!written.chars().any(|it| it.is_control() && it != '\n'));
        }
    }
}
