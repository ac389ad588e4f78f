use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Severity;
use crate::script::tests::house;
use crate::text::Span;

/// One diagnostic with a line of carets under its place in the condition.
fn drawn(text: &str, found: &Diagnostic) -> String {
    let severity = match found.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let span = found.primary.span;
    let before = Span { start: u32::try_from(house::BEFORE).unwrap(), end: span.start, ..span };
    let start = house::part(text, before).chars().count();
    let carets = house::part(text, span).chars().count();
    let carets = "^".repeat(carets.max(1));
    let label = &found.primary.text;
    let mut drawn = format!("{severity}[{}]: {}\n", found.code.name, found.message);
    drawn += &format!("{text}\n{}{carets} {label}\n", " ".repeat(start));
    if let Some(help) = &found.help {
        drawn += &format!("help: {help}\n");
    }
    if let Some(fix) = &found.fix {
        drawn += &format!("fix: {}\n", fix.edits[0].text);
    }
    drawn
}

/// Reads a condition and compares what is wrong with it, drawn, with what is expected.
#[track_caller]
pub(super) fn check(text: &str, expected: &str) {
    let found = shown(text);
    assert_eq!(found.trim_end(), expected.trim(), "\n{found}\n");
}

/// Everything that is wrong with a condition, drawn.
#[track_caller]
pub(super) fn shown(text: &str) -> String {
    let mut out = Diagnostics::default();
    let expr = house::read(text, &mut out);
    assert_eq!(expr.is_none(), out.has_errors());
    out.sort();
    let found: Vec<String> = out.iter().map(|it| drawn(text, it)).collect();
    found.join("\n")
}
