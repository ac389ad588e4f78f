//! A diagnostic in sentences, for whoever has it read aloud.

use engine::diagnostic::{Diagnostic, Label, Severity};
use engine::text::SourceSet;

use crate::render::check::place::place;
use crate::render::harmless;

/// Its kind and place, what is wrong, what each place is, and what to do.
pub(crate) fn plain(diagnostic: &Diagnostic, sources: &SourceSet) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let at = place(diagnostic.primary.span, sources);
    let (file, line, column) = (at.file, at.line, at.column);
    let mut text = format!("{level} in {file}, line {line}, column {column}: ");
    text.push_str(&ended(&diagnostic.message));
    if !diagnostic.primary.text.is_empty() {
        text.push_str(&format!(" There: {}", ended(&diagnostic.primary.text)));
    }
    for Label { span, text: said } in &diagnostic.others {
        let at = place(*span, sources);
        text.push_str(&format!(" See {}, line {}: {}", at.file, at.line, ended(said)));
    }
    let fix = diagnostic.fix.as_ref().map(|fix| &fix.title);
    if let Some(help) = diagnostic.help.as_ref().or(fix) {
        text.push_str(&format!(" Help: {}", ended(help)));
    }
    let code = diagnostic.code.name;
    format!("{} Code: {code}.\n", harmless(&text).replace('\n', " "))
}

/// A fragment as a sentence.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}
