//! What `check --fix` has mended, and what it would change.

use engine::diagnostic::{Diagnostic, Fix};
use engine::text::SourceSet;
use similar::TextDiff;

use crate::render::check::place::place;
use crate::render::difference::{self, CONTEXT_LINES};
use crate::render::harmless;

/// `path:line:column: write `closed` [unknown-stage]`.
pub(crate) fn fix_line(fault: &Diagnostic, fix: &Fix, sources: &SourceSet) -> String {
    let at = place(fault.primary.span, sources);
    let text = format!("{}:{}:{}: {}", at.file, at.line, at.column, fix.title);
    format!("{} [{}]\n", harmless(&text).replace('\n', " "), fault.code.name)
}

/// The change of a file as a unified diff, with what would steer a terminal taken out.
pub(crate) fn change(path: &str, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let path = path.replace('\n', " ");
    let lines = TextDiff::from_lines(&before, &after);
    let mut lines = lines.unified_diff();
    let text = lines.context_radius(CONTEXT_LINES).header(&path, &path).to_string();
    difference::colored(&text)
}
