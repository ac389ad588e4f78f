//! From the text of one file to its table, with every fault of its grammar reported.

use std::ops::Range;

use toml::de::DeTable;
use toml::de::DeValue;
use toml::de::Error;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::syntax::layer::Places;
use crate::syntax::limit::FAULTS_SHOWN_MAX;
use crate::syntax::name::NameFault;
use crate::syntax::rules;
use crate::syntax::scan;
use crate::syntax::table::Table;
use crate::text::FileId;
use crate::text::LineIndex;
use crate::text::Span;

const DUPLICATE: &str = "duplicate key";

/// Parses a text and reads its table. Nothing is read when the text breaks the grammar, because
/// what the parser makes of the rest would only be reported as missing or unknown.
pub(crate) fn read<T>(
    file: FileId,
    text: &str,
    what: &str,
    out: &mut Diagnostics,
    read: impl FnOnce(&mut Table<'_, '_>) -> T,
) -> Option<T> {
    let root = parse(file, text, out)?;
    let starts = [(0, file)];
    let (places, whole) = (Places::new(&starts), Span::whole(file));
    Some(Table::read(places, &root, what.to_owned(), whole, out, read))
}

/// The table of a text. `None` when the text breaks the grammar; that has been reported.
pub(crate) fn parse<'t>(file: FileId, text: &'t str, out: &mut Diagnostics) -> Option<DeTable<'t>> {
    if let Some(offset) = scan::too_deep(text) {
        out.push(rules::nested_too_deep(Span::new(file, offset..offset.saturating_add(1))));
        return None;
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    let root = root.into_inner();
    let is_whole = errors.iter().all(|error| error.message() == DUPLICATE);
    report(file, text, &root, &errors, out);
    is_whole.then_some(root)
}

/// One fault a line: what follows on the same line is most often an echo.
fn report(file: FileId, text: &str, root: &DeTable<'_>, errors: &[Error], out: &mut Diagnostics) {
    let lines = LineIndex::new(text);
    let mut last_line = None;
    let mut n_shown = 0usize;
    for error in errors {
        let range = error.span().unwrap_or_default();
        let line = lines.line_column(text, range.start).line;
        if last_line == Some(line) || n_shown >= FAULTS_SHOWN_MAX {
            continue;
        }
        last_line = Some(line);
        n_shown = n_shown.saturating_add(1);
        out.push(fault(file, text, root, error.message(), range));
    }
}

fn fault(
    file: FileId,
    text: &str,
    root: &DeTable<'_>,
    message: &str,
    range: Range<usize>,
) -> Diagnostic {
    let span = Span::new(file, range.clone());
    let written = text.get(range.clone()).unwrap_or_default();
    if message == DUPLICATE {
        let first = first_place(text, root, written, range.start);
        let name = written.trim_matches(['"', '\'']);
        return rules::duplicate_name("key", name, span, first.map(|it| Span::new(file, it)));
    }
    if message.starts_with("invalid unquoted key") {
        let word = word_around(text, range);
        let key = text.get(word.clone()).unwrap_or_default();
        if let Some(letter) = key.chars().find(|it| !it.is_ascii()) {
            return rules::bad_name(key, NameFault::Character(letter), Span::new(file, word));
        }
    }
    rules::toml_syntax(message, written, span)
}

/// The whole bare key around a place.
fn word_around(text: &str, place: Range<usize>) -> Range<usize> {
    let ends = |it: char| it.is_whitespace() || ".=,[]{}#".contains(it);
    let before = text.get(..place.start).unwrap_or_default();
    let start = before.trim_end_matches(|it| !ends(it)).len();
    let after = text.get(place.end..).unwrap_or_default();
    let length = after.find(ends).unwrap_or(after.len());
    start..place.end.saturating_add(length)
}

/// Where a key that is written again at `at` was written first, if that can be told.
fn first_place(text: &str, root: &DeTable<'_>, key: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let line_start = before.rfind('\n').map_or(0, |it| it.saturating_add(1));
    let line = text.get(line_start..)?.lines().next()?;
    if line.trim_start().starts_with('[') {
        return first_header(before.get(..line_start)?, line, key);
    }
    let depth = scan::depth_at(text, at);
    let section = before.rfind("\n[").map_or(0, |it| it.saturating_add(1));
    let mut places = Vec::new();
    collect_keys(root, key.trim_matches(['"', '\'']), &mut places);
    let fits = |it: &Range<usize>| {
        (section..at).contains(&it.start) && scan::depth_at(text, it.start) == depth
    };
    places.into_iter().filter(fits).max_by_key(|it| it.start)
}

fn first_header(before: &str, line: &str, key: &str) -> Option<Range<usize>> {
    let header = |line: &str| {
        let end = line.rfind(']')?;
        line.get(..end).map(|it| it.replace([' ', '\t'], ""))
    };
    let wanted = header(line)?;
    let mut start = 0usize;
    for line in before.split_inclusive('\n') {
        if line.trim_start().starts_with('[') && header(line).as_ref() == Some(&wanted) {
            let at = start.saturating_add(line.rfind(key)?);
            return Some(at..at.saturating_add(key.len()));
        }
        start = start.saturating_add(line.len());
    }
    None
}

/// The depth of this recursion is bounded by [`scan::too_deep`].
fn collect_keys(table: &DeTable<'_>, key: &str, places: &mut Vec<Range<usize>>) {
    for (name, value) in table {
        if name.get_ref() == key {
            places.push(name.span());
        }
        collect_keys_of_value(value.get_ref(), key, places);
    }
}

fn collect_keys_of_value(value: &DeValue<'_>, key: &str, places: &mut Vec<Range<usize>>) {
    match value {
        DeValue::Table(table) => collect_keys(table, key, places),
        DeValue::Array(array) => {
            for element in array {
                collect_keys_of_value(element.get_ref(), key, places);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the text of the places that the only fault of a file points to, with their lines.
    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)]) {
        let mut out = Diagnostics::default();
        read(FileId(0), text, "the file", &mut out, |table| drop(table.rest()));
        assert_eq!(out.iter().count(), 1, "{out:?}");
        let fault = out.iter().next().unwrap();
        let spans = std::iter::once(&fault.primary).chain(&fault.others).map(|it| it.span);
        let lines = LineIndex::new(text);
        let places = spans.map(|it| {
            (lines.line_column(text, it.range().start).line, text.get(it.range()).unwrap())
        });
        assert_eq!(places.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn both_places_of_a_key_are_shown() {
        check("[a]\nx = 1\nx = 2\n", &[(3, "x"), (2, "x")]);
        check("[a]\nx = 1\n[b]\nx = 1\ny = { x = 1 }\nx = 2\n", &[(6, "x"), (4, "x")]);
        check("a = { x = 1, y = { x = 2 }, x = 3 }\n", &[(1, "x"), (1, "x")]);
        check("[a.b]\nx = 1\n[c]\n[ a . b ]\n", &[(4, "b"), (1, "b")]);
        check("[a]\nb = {}\n[a.b]\n", &[(3, "b")]);
    }

    #[test]
    fn a_foreign_letter_is_shown_with_its_word() {
        check("a.b\u{e9}c = 1\n", &[(1, "b\u{e9}c")]);
    }
}
