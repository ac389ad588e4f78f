//! A line of a file, with its blanks taken out.

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Nothing.
    Blank,
    /// A comment and nothing else.
    Comment,
    /// The header of a table.
    Header,
    /// A key and its value, or the beginning of it.
    Entry,
    /// A line inside a value.
    Inner,
}

/// One line. A text that goes over several lines is one line here.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    pub(super) kind: LineKind,
    /// The key; empty in a line that has none.
    pub(super) key: String,
    /// All but the key, the `=` after it and the comment.
    pub(super) body: String,
    pub(super) comment: Option<Comment<'t>>,
    /// How many lists and tables the line stands in.
    pub(super) depth: usize,
}

/// A comment that stands at the end of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'t> {
    /// The comment, from the `#`.
    pub(super) text: &'t str,
    /// In which column it was written, in characters from 0.
    pub(super) column: usize,
}
