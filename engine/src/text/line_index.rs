//! From byte offsets to lines and columns, and back.

/// A place as people count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// The starts of all lines of one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads a text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(after_breaks.map(|(at, _)| at.saturating_add(1)));
        Self { starts: starts.collect() }
    }

    /// The line of a byte offset in the text this index was made from, from 1. An offset past the
    /// end is held at the last line.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The line and column of a byte offset in the text this index was made from. An offset past
    /// the end is held at the end, one inside a character at its start.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.line(offset);
        let place = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        let start = self.starts.get(place).copied().unwrap_or(0);
        let column = text.get(start..offset).map_or(0, |before| before.chars().count());
        let column = u32::try_from(column.saturating_add(1)).unwrap_or(u32::MAX);
        LineColumn { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, line: u32, column: u32) {
        let found = LineIndex::new(text).line_column(text, offset);
        assert_eq!(found, LineColumn { line, column });
        assert_eq!(LineIndex::new(text).line(offset), line);
    }

    #[test]
    fn columns_count_characters_and_lines_start_after_their_break() {
        check("", 0, 1, 1);
        check("ab\ncd", 3, 2, 1);
        check("é=1\n", 2, 1, 2);
        check("é=1", 1, 1, 1);
        check("a\r\nb", 99, 2, 2);
    }
}
