//! What `check --format json` writes.

use engine::diagnostic::{Diagnostic, Edit, Label, Severity};
use engine::text::SourceSet;
use serde::Serialize;

use crate::render::check::place::{PlaceWire, place};
use crate::render::short;

/// Raised whenever a name below changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// A protocol and what was found in it.
pub(crate) struct CheckedProtocol<'a> {
    /// Its folder.
    pub folder: String,
    /// Each fault with the files it is about.
    pub found: Vec<(&'a Diagnostic, &'a SourceSet)>,
}

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    protocols: Vec<ProtocolWire<'a>>,
    errors: usize,
    warnings: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct ProtocolWire<'a> {
    folder: &'a str,
    diagnostics: Vec<DiagnosticWire<'a>>,
}

/// A fault, its place written out.
#[derive(Serialize)]
pub(crate) struct DiagnosticWire<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    primary: LabelWire<'a>,
    others: Vec<LabelWire<'a>>,
    help: Option<&'a str>,
    fix: Option<FixWire<'a>>,
}

#[derive(Serialize)]
struct LabelWire<'a> {
    place: PlaceWire,
    label: &'a str,
}

#[derive(Serialize)]
struct FixWire<'a> {
    title: &'a str,
    edits: Vec<EditWire<'a>>,
}

#[derive(Serialize)]
struct EditWire<'a> {
    place: PlaceWire,
    text: &'a str,
}

/// One JSON object, with a line break at its end. At most `shown_max` faults are written.
///
/// # Errors
/// Never in practice: every value can be written as JSON.
pub(crate) fn checked_json(
    protocols: &[CheckedProtocol<'_>],
    shown_max: usize,
) -> serde_json::Result<String> {
    let all = || protocols.iter().flat_map(|it| &it.found);
    let with = |severity| all().filter(|(it, _)| it.code.severity == severity).count();
    let mut left = shown_max;
    let mut wires = Vec::new();
    for protocol in protocols {
        let shown = protocol.found.iter().take(left);
        let diagnostics: Vec<DiagnosticWire<'_>> =
            shown.map(|(it, sources)| diagnostic(it, sources)).collect();
        left = left.saturating_sub(diagnostics.len());
        wires.push(ProtocolWire { folder: short(&protocol.folder), diagnostics });
    }
    let report = Report {
        schema_version: SCHEMA_VERSION,
        protocols: wires,
        errors: with(Severity::Error),
        warnings: with(Severity::Warning),
        left_out: all().count().saturating_sub(shown_max),
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

/// A fault for programs.
pub(crate) fn diagnostic<'a>(it: &'a Diagnostic, sources: &SourceSet) -> DiagnosticWire<'a> {
    DiagnosticWire {
        code: it.code.name,
        severity: match it.code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &it.message,
        primary: label(&it.primary, sources),
        others: it.others.iter().map(|other| label(other, sources)).collect(),
        help: it.help.as_deref(),
        fix: it.fix.as_ref().map(|fix| FixWire {
            title: &fix.title,
            edits: fix.edits.iter().map(|it| edit(it, sources)).collect(),
        }),
    }
}

fn label<'a>(it: &'a Label, sources: &SourceSet) -> LabelWire<'a> {
    LabelWire { place: place(it.span, sources), label: &it.text }
}

fn edit<'a>(it: &'a Edit, sources: &SourceSet) -> EditWire<'a> {
    EditWire { place: place(it.span, sources), text: &it.text }
}
