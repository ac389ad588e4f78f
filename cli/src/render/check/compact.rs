//! A diagnostic on one line, for editors and for `grep`.

use engine::diagnostic::{Diagnostic, Severity};
use engine::text::{LineIndex, SourceSet};

use crate::render::{harmless, short};

/// `path:line:column: error[code] message; help`.
pub(crate) fn compact(diagnostic: &Diagnostic, sources: &SourceSet) -> String {
    let span = diagnostic.primary.span;
    let path = sources.shown_path(span.file);
    let text = sources.get(span.file).map_or("", |it| it.readable());
    let place = LineIndex::new(text).line_column(text, span.range().start);
    let level = match diagnostic.code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    let (path, code, message) = (short(&path), diagnostic.code.name, &diagnostic.message);
    let at = format!("{path}:{}:{}", place.line, place.column);
    let text = format!("{at}: {level}[{code}] {message}{help}");
    format!("{}\n", harmless(&text).replace('\n', " "))
}
