//! Comma-separated values: RFC 4180 in UTF-8.
//!
//! A byte order mark stands in front, without which Excel takes the text for one of Windows and
//! spoils every letter that is not English; whoever reads the file with a program drops it
//! (`utf-8-sig` in Python). Lines end with CR LF. A text that a spreadsheet would take for a formula
//! gets an apostrophe in front, and so does one that begins with an apostrophe itself, so that
//! taking away one apostrophe gives the text back.

use std::borrow::Cow;
use std::io::Write;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::cell::Cell;
use crate::tables::Table;

/// UTF-8, for Excel.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes one table.
pub struct Csv<W: Write>(Writer<W>);

impl<W: Write> Csv<W> {
    /// Begins with the heads of the columns.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(mut to: W, table: &Table) -> anyhow::Result<Self> {
        to.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary);
        let mut writer = builder.from_writer(to);
        writer.write_record(table.columns.iter().map(|it| it.name.as_str()))?;
        Ok(Self(writer))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> anyhow::Result<()> {
        for cell in cells {
            let plain = cell.plain();
            let is_text = matches!(cell, Cell::Text(_));
            let shown = if is_text { harmless(&plain) } else { plain.as_str().into() };
            self.0.write_field(shown.as_bytes())?;
        }
        self.0.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is left, and gives back what it was written to.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(self) -> anyhow::Result<W> {
        self.0.into_inner().map_err(|it| it.into_error().into())
    }
}

/// A text as no spreadsheet takes it for a formula.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_risky =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠']);
    if is_risky { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for (text, shown) in [
            ("=1+1", "'=1+1"),
            ("+49 30 123", "'+49 30 123"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("1=1", "1=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), shown);
        }
    }
}
