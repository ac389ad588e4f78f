//! What does not fit.

use std::fmt;

/// Why a place of a file does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The sheet, where the file has any.
    pub sheet: String,
    /// The row, from 1, as a spreadsheet counts them; nothing for the file as a whole.
    pub row: Option<u32>,
    /// The head of the column; empty for the row as a whole.
    pub column: String,
    /// What is wrong, as one fragment.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(out, "sheet `{}`, ", self.sheet)?;
        }
        match self.row {
            Some(row) => write!(out, "row {row}")?,
            None => out.write_str("head")?,
        }
        if !self.column.is_empty() {
            write!(out, ", column `{}`", shown(&self.column))?;
        }
        write!(out, ": {}", self.why)
    }
}

/// A text of a file as it may be shown: without control characters, and not long.
pub(super) fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    let plain = text.chars().map(|it| if it.is_control() { ' ' } else { it });
    let mut shown: String = plain.take(CHARS_MAX).collect();
    if text.chars().count() > CHARS_MAX {
        shown.push('…');
    }
    shown
}

/// All that does not fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// In order of place.
    pub all: Vec<Fault>,
    sheet: String,
}

impl Faults {
    /// None yet, in this sheet.
    #[must_use]
    pub fn of(sheet: &str) -> Self {
        Self { all: Vec::new(), sheet: sheet.to_owned() }
    }

    /// Adds one.
    pub fn add(&mut self, row: Option<u32>, column: &str, why: impl Into<String>) {
        let (sheet, column) = (self.sheet.clone(), column.to_owned());
        self.all.push(Fault { sheet, row, column, why: why.into() });
    }
}
