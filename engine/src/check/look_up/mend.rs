//! Changes that mend what is written, made on the text as it stands: with its quotes, and with
//! what stands before a name in a point.

use crate::diagnostic::Diagnostic;
use crate::text::{SourceSet, Span, Spanned};

/// Adds the change that writes another name in the place of a wrong one.
pub(crate) fn write(
    fault: Diagnostic,
    name: &Spanned<String>,
    meant: &str,
    sources: &SourceSet,
) -> Diagnostic {
    let written = at(name.span, sources);
    if written.matches(name.value.as_str()).count() != 1 {
        return fault;
    }
    let text = written.replace(name.value.as_str(), meant);
    fault.fix(format!("write `{meant}`"), name.span, text)
}

/// Adds the change that leaves one entry out of a list, with the comma that parts it from its
/// neighbour; none where a comment stands between the two.
pub(crate) fn leave_out(
    fault: Diagnostic,
    list: &[Spanned<String>],
    place: usize,
    sources: &SourceSet,
) -> Diagnostic {
    let span = |place: usize| list.get(place).map(|it| it.span);
    let Some(entry) = span(place) else { return fault };
    let before = place.checked_sub(1).and_then(span);
    let after = place.checked_add(1).and_then(span);
    let with_comma = match (before, after) {
        (Some(before), _) => between(entry, before.range().end, entry.range().end),
        (None, Some(after)) => between(entry, entry.range().start, after.range().start),
        (None, None) => entry,
    };
    let parted = at(with_comma, sources).replacen(at(entry, sources), "", 1);
    let is_plain = parted.chars().all(|it| it == ',' || it.is_whitespace());
    if !is_plain || parted.matches(',').count() > 1 {
        return fault;
    }
    fault.fix("leave this entry out", with_comma, "")
}

fn at(span: Span, sources: &SourceSet) -> &str {
    let bytes = sources.get(span.file).and_then(|file| file.bytes.get(span.range()));
    bytes.and_then(|it| str::from_utf8(it).ok()).unwrap_or_default()
}

fn between(entry: Span, start: usize, end: usize) -> Span {
    Span::new(entry.file, start..end.max(start))
}
