//! The one way tests read a protocol.

use crate::diagnostic::Diagnostics;
use crate::syntax::Written;
use crate::syntax::read;
use crate::text::LineIndex;
use crate::text::SourceSet;

pub(super) const HOUSING: &str = include_str!("housing.toml");
pub(super) const BUSINESS: &str = include_str!("business.toml");

/// The head of a protocol, so that tests show only what they are about.
pub(super) const HEAD: &str = r#"
[protocol]
id = "x"
title = "X"
version = "1"
language = "en"
zone = "Europe/London"
effective = { from = 2026-01-01 }
accountable = "boss"
"#;

/// Checks that files give exactly these faults, a line each: `path:line:column code message`.
#[track_caller]
pub(super) fn check_files(files: &[(&str, &[u8])], expected: &str) -> Option<Written> {
    let owned = files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
    let sources = SourceSet::new("", owned);
    let mut out = Diagnostics::default();
    let written = read(&sources, &mut out);
    out.sort();
    let mut found = String::new();
    for fault in &out {
        let span = fault.primary.span;
        let text = sources.get(span.file).map_or("", |file| file.readable());
        let at = LineIndex::new(text).line_column(text, span.range().start);
        let path = sources.shown_path(span.file);
        let (code, message) = (fault.code.name, &fault.message);
        found.push_str(&format!("{path}:{}:{} {code}: {message}\n", at.line, at.column));
    }
    let lines = expected.lines().map(str::trim).filter(|line| !line.is_empty());
    let expected: String = lines.map(|line| format!("{line}\n")).collect();
    assert_eq!(found, expected);
    written
}

/// Checks that a protocol of one file, below a right head, gives exactly these faults, a line
/// each: `line:column code: message`, with lines counted from the end of the head.
#[track_caller]
pub(super) fn check(below: &str, expected: &str) -> Option<Written> {
    let text = format!("{HEAD}{below}");
    let n_head_lines = HEAD.lines().count();
    let mut lines = String::new();
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (number, rest) = line.split_once(':').unwrap();
        let number = number.parse::<usize>().unwrap() + n_head_lines;
        lines.push_str(&format!("protocol.toml:{number}:{rest}\n"));
    }
    check_files(&[("protocol.toml", text.as_bytes())], &lines)
}
