//! A sound protocol in which a test changes one piece.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Protocol;
use crate::text::{LineIndex, SourceSet};

pub(super) const SOUND: &str = include_str!("sound.toml");

pub(super) fn shown(sources: &SourceSet, out: &Diagnostics) -> String {
    let line = |fault: &Diagnostic| {
        let span = fault.primary.span;
        let text = sources.get(span.file).unwrap().readable();
        let at = LineIndex::new(text).line_column(text, span.range().start);
        format!("{} {}:{} {}", fault.code.name, at.line, at.column, fault.message)
    };
    out.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn loaded(text: String) -> (Option<Protocol>, String) {
    let sources = SourceSet::new("", [("protocol.toml".to_owned(), text.into_bytes())]);
    let (machine, out) = crate::load(&sources);
    let shown = shown(&sources, &out);
    (machine.map(|machine| machine.protocol), shown)
}

/// Replaces one piece of the sound protocol and expects these faults.
#[track_caller]
pub(super) fn check(old: &str, new: &str, expected: &str) {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let (_, shown) = loaded(SOUND.replace(old, new));
    assert_eq!(shown, expected);
}

/// Replaces one piece of the sound protocol and gives what it means.
#[track_caller]
pub(super) fn meaning(old: &str, new: &str) -> Protocol {
    assert_eq!(SOUND.matches(old).count(), 1, "`{old}` stands once in the protocol");
    let (protocol, shown) = loaded(SOUND.replace(old, new));
    protocol.unwrap_or_else(|| panic!("{shown}"))
}
