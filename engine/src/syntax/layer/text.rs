//! A table as TOML: what stands somewhere is copied from there, what was put together is written.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::syntax::layer::Stacked;

impl Stacked<'_> {
    /// The text at a place on the ruler.
    pub(super) fn at(&self, range: Range<usize>) -> &str {
        let index = self.starts.partition_point(|(start, _)| *start <= range.start);
        let index = index.saturating_sub(1);
        let start = self.starts.get(index).map_or(0, |it| it.0);
        let inside = range.start.saturating_sub(start)..range.end.saturating_sub(start);
        self.texts.get(index).and_then(|text| text.get(inside)).unwrap_or_default()
    }

    /// The text of a value, where it still stands as it is.
    pub(super) fn copied(&self, value: &Spanned<DeValue<'_>>) -> Option<&str> {
        let text = self.at(value.span());
        let (opens, closes) = match value.get_ref() {
            DeValue::Table(_) => ('{', '}'),
            DeValue::Array(_) => ('[', ']'),
            _ => return Some(text),
        };
        let is_whole = text.len() > 1 && text.starts_with(opens) && text.ends_with(closes);
        (is_whole && !is_header(text, value.get_ref())).then_some(text)
    }
}

/// Whether the text of a list of tables is that of a header: `[[guarantees]]`.
fn is_header(text: &str, value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Array(_)) && text.starts_with("[[") && {
        let name = text.trim_matches(['[', ']']);
        !name.is_empty() && !name.contains(['{', '\n', ','])
    }
}

/// Writes a table and everything in it.
pub(super) fn written(stacked: &Stacked<'_>) -> String {
    let mut out = String::new();
    write_table(stacked, &stacked.tree, &mut Vec::new(), "", &mut out);
    format!("{}\n", out.trim())
}

/// Writes a table below a header. What has no header of its own comes first; a table in braces that
/// was written behind one with a header gets a header, so that the order stays.
fn write_table(
    stacked: &Stacked<'_>,
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    header: &str,
    out: &mut String,
) {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let (mut lines, mut below) = (String::new(), Vec::new());
    for (key, value) in entries {
        let key = written_key(key.get_ref());
        let is_table = value.get_ref().is_table();
        match stacked.copied(value).filter(|_| !is_table || below.is_empty()) {
            Some(text) => lines.push_str(&format!("{key} = {text}\n")),
            None => below.push((key, value)),
        }
    }
    if !header.is_empty() && (!lines.is_empty() || below.is_empty() || header.starts_with("[[")) {
        out.push_str(&format!("\n{header}\n"));
    }
    out.push_str(&lines);
    for (key, value) in below {
        path.push(key);
        let name = path.join(".");
        match value.get_ref() {
            DeValue::Table(table) => {
                write_table(stacked, table, path, &format!("[{name}]"), out);
            }
            DeValue::Array(rows) if rows.is_empty() => {
                // Every row was removed: there is no list any more.
            }
            DeValue::Array(rows) => {
                for row in rows {
                    let Some(row) = row.get_ref().as_table() else { continue };
                    write_table(stacked, row, path, &format!("[[{name}]]"), out);
                }
            }
            _ => {}
        }
        path.pop();
    }
}

/// A key as TOML has it.
pub(super) fn written_key(key: &str) -> String {
    let is_bare = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
    if !key.is_empty() && key.chars().all(is_bare) {
        return key.to_owned();
    }
    let mut out = String::from("\"");
    for letter in key.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            it if it.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}
