//! From lines to text: what stands in columns.

use crate::syntax::format::line::{Comment, Line, LineKind};

/// The least blanks between a line and its comment.
const BEFORE_COMMENT: usize = 2;

/// The most blanks before the comments of neighbours that stand in one column and stay there.
const BEFORE_COMMENT_MAX: usize = 60;

/// How much lines inside a value are moved in.
const INDENT: usize = 2;

/// The text of these lines.
pub(super) fn text(lines: &[Line<'_>]) -> String {
    let keyed = with_keys(lines);
    let mut text = String::new();
    let is_noted = |it: &(String, Option<Comment<'_>>)| {
        it.1.is_some() && !it.0.contains('\n') && !it.0.trim().is_empty()
    };
    for run in keyed.chunk_by(|left, right| is_noted(left) && is_noted(right)) {
        let column = column(run);
        for (line, comment) in run {
            text.push_str(line);
            if let Some(comment) = comment {
                let is_alone = line.trim().is_empty();
                let n_blanks = if is_alone { 0 } else { column.saturating_sub(end(line)) };
                text.extend(std::iter::repeat_n(' ', n_blanks));
                text.push_str(comment.text);
            }
            text.push('\n');
        }
    }
    text
}

/// Every line up to its comment. The `=` of entries that nothing divides stand in one column.
fn with_keys<'t>(lines: &[Line<'t>]) -> Vec<(String, Option<Comment<'t>>)> {
    let is_of_entry = |it: &Line<'_>| matches!(it.kind, LineKind::Entry | LineKind::Inner);
    let width = |line: &Line<'_>| line.key.chars().count();
    let mut keyed = Vec::new();
    for run in lines.chunk_by(|left, right| is_of_entry(left) && is_of_entry(right)) {
        let widest = run.iter().map(width).max().unwrap_or_default();
        for line in run {
            let n_blanks = widest.saturating_sub(width(line));
            let (key, body) = (&line.key, &line.body);
            let indent = " ".repeat(line.depth.saturating_mul(INDENT));
            let text = match line.kind {
                LineKind::Entry => format!("{key}{} = {body}", " ".repeat(n_blanks)),
                LineKind::Inner if body.is_empty() && line.comment.is_none() => String::new(),
                _ => format!("{indent}{body}"),
            };
            keyed.push((text, line.comment));
        }
    }
    keyed
}

/// The column of the comments of neighbours: that in which all were written, if it fits, else the
/// first that does.
fn column(run: &[(String, Option<Comment<'_>>)]) -> usize {
    let widest = run.iter().map(|(line, _)| end(line)).max().unwrap_or_default();
    let least = widest.saturating_add(BEFORE_COMMENT);
    let most = widest.saturating_add(BEFORE_COMMENT_MAX);
    let mut columns = run.iter().filter_map(|(_, comment)| comment.map(|it| it.column));
    let first = columns.next().unwrap_or_default();
    match columns.all(|it| it == first) && (least..=most).contains(&first) {
        true => first,
        false => least,
    }
}

/// In which column a line ends.
fn end(line: &str) -> usize {
    line.rsplit('\n').next().unwrap_or_default().chars().count()
}
