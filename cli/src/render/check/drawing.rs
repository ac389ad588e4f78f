//! A diagnostic drawn beside the text it is about.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use engine::diagnostic::{Diagnostic, Label, Severity};
use engine::text::{FileId, LineIndex, SourceSet, Span};

use crate::render::{harmless, one_line, short};

/// Draws a fault. Never panics, whatever its spans are: each is held inside its text, on whole
/// characters.
#[must_use]
pub fn drawing(diagnostic: &Diagnostic, sources: &SourceSet) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(harmless(&diagnostic.message)).id(diagnostic.code.name);
    let mut group = title.elements(snippets(diagnostic, sources));
    let fix = diagnostic.fix.as_ref().map(|fix| &fix.title);
    if let Some(help) = diagnostic.help.as_ref().or(fix) {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    let report: &[Group<'_>] = &[group];
    let mut drawn = Renderer::styled().render(report);
    drawn.push_str("\n\n");
    drawn
}

/// One snippet a file, that of the primary place first.
fn snippets(
    diagnostic: &Diagnostic,
    sources: &SourceSet,
) -> Vec<Snippet<'static, annotate_snippets::Annotation<'static>>> {
    let primary = &diagnostic.primary;
    let mut files: Vec<FileId> = vec![primary.span.file];
    for label in &diagnostic.others {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    let snippet = |file: FileId| {
        let here = |label: &&Label| label.span.file == file;
        let primary = std::iter::once(primary).filter(here);
        let primary = primary.map(|label| (AnnotationKind::Primary, label));
        let others = diagnostic.others.iter().filter(here);
        let others = others.map(|label| (AnnotationKind::Context, label));
        excerpt(file, sources, &primary.chain(others).collect::<Vec<_>>())
    };
    files.into_iter().map(snippet).collect()
}

/// The lines of a file that some labels are about.
fn excerpt(
    file: FileId,
    sources: &SourceSet,
    labels: &[(AnnotationKind, &Label)],
) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let text = sources.get(file).map_or("", |it| it.readable());
    let ranges: Vec<Range<usize>> =
        labels.iter().map(|(_, label)| held(text, label.span)).collect();
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let line_start = before(text, first).rfind('\n').map_or(0, |at| at.saturating_add(1));
    let line_end = after(text, last).find('\n').map_or(text.len(), |at| last.saturating_add(at));
    let lines = text.get(line_start..line_end).unwrap_or_default();
    let line = LineIndex::new(text).line_column(text, line_start).line;
    let annotations = labels.iter().zip(&ranges).map(|((kind, label), range)| {
        let within = range.start.saturating_sub(line_start)..range.end.saturating_sub(line_start);
        let annotation = kind.span(within);
        match label.text.as_str() {
            "" => annotation,
            text => annotation.label(harmless(text)),
        }
    });
    Snippet::source(lines.to_owned())
        .path(one_line(short(&sources.shown_path(file))))
        .line_start(usize::try_from(line).unwrap_or(1))
        .annotations(annotations)
}

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The range of a span inside a text, on whole characters, its ends in order.
fn held(text: &str, span: Span) -> Range<usize> {
    let range = span.range();
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    start..end
}

#[cfg(test)]
mod tests {
    use engine::diagnostic::Code;
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str, range: Range<usize>) -> (SourceSet, Diagnostic) {
        let sources = SourceSet::new("p", [("protocol.toml".to_owned(), text.as_bytes().to_vec())]);
        let span = Span::new(FileId(0), range);
        let code = Code::error("unknown-stage");
        let message = "transition leads to undeclared stage `investigatng`";
        (sources, Diagnostic::new(code, message, span, "no stage has this name"))
    }

    #[track_caller]
    fn check(sources: &SourceSet, diagnostic: &Diagnostic, expected: &[&str]) {
        let drawn = drawing(diagnostic, sources);
        let plain = anstream::adapter::strip_str(&drawn).to_string();
        assert_eq!(plain, expected.join("\n") + "\n\n");
    }

    #[test]
    fn a_line_break_in_the_name_of_a_folder_is_a_blank() {
        let path = "a\nerror: b/protocol.toml".to_owned();
        let sources = SourceSet::new("", [(path, b"x = 1".to_vec())]);
        let fault = Diagnostic::new(Code::error("bad"), "wrong", Span::new(FileId(0), 0..1), "");
        let plain = anstream::adapter::strip_str(&drawing(&fault, &sources)).to_string();
        assert_eq!(plain.lines().nth(1), Some(" --> a error: b/protocol.toml:1:1"));
    }

    #[test]
    fn a_fault_is_drawn_in_its_line_with_what_to_do() {
        let (sources, diagnostic) = one("[a]\nto     = \"investigatng\"\nlast", 13..27);
        check(
            &sources,
            &diagnostic.help("did you mean `investigating`?"),
            &[
                "error[unknown-stage]: transition leads to undeclared stage `investigatng`",
                " --> p/protocol.toml:2:10",
                "  |",
                "2 | to     = \"investigatng\"",
                "  |          ^^^^^^^^^^^^^^ no stage has this name",
                "  |",
                "  = help: did you mean `investigating`?",
            ],
        );
    }

    #[test]
    fn text_that_would_steer_a_terminal_does_not() {
        let (sources, mut diagnostic) = one("a\u{1b}[31mb", 0..1);
        diagnostic.message = "\u{1b}]0;x\u{7}".to_owned();
        let drawn = drawing(&diagnostic, &sources);
        let plain = anstream::adapter::strip_str(&drawn).to_string();
        assert!(plain.contains("\u{fffd}]0;x\u{fffd}"), "{plain}");
        assert!(!plain.contains('\u{1b}'), "{plain}");
    }

    proptest! {
        #[test]
        fn no_text_and_no_place_breaks_the_drawing(
            text in prop_oneof![any::<String>(), "[a\n\r\té€\u{1F600}]{0,60}"],
            other in any::<String>(),
            places in prop::collection::vec((0u16..4, 0usize..80, 0usize..80, ".*"), 1..6),
        ) {
            let files = [("a", text), ("b", other)];
            let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
            let sources = SourceSet::new("", files);
            let span = |file: u16, start: usize, end: usize| Span::new(FileId(file), start..end);
            let mut places = places.into_iter();
            let (file, start, end, label) = places.next().unwrap();
            let code = Code::warning("made-up");
            let mut diagnostic = Diagnostic::new(code, label.clone(), span(file, start, end), label);
            for (file, start, end, label) in places {
                diagnostic = diagnostic.other(span(file, start, end), label);
            }
            prop_assert!(drawing(&diagnostic, &sources).contains("made-up"));
        }
    }
}
