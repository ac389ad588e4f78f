//! Where something stands in the files of a protocol, for programs.

use engine::text::{LineIndex, SourceSet, Span};
use serde::Serialize;

use crate::render::short;

/// A place: lines and columns from 1, columns in characters, `end_column` after the last one.
#[derive(Serialize)]
pub(crate) struct PlaceWire {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// The place of a span.
pub(crate) fn place(span: Span, sources: &SourceSet) -> PlaceWire {
    let text = sources.get(span.file).map_or("", |it| it.readable());
    let index = LineIndex::new(text);
    let start = index.line_column(text, span.range().start);
    let end = index.line_column(text, span.range().end);
    PlaceWire {
        file: short(&sources.shown_path(span.file)).to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
