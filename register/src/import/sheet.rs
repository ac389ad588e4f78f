//! A file as rows of cells, before anybody knows what they mean.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use crate::import::{of_csv, of_xlsx};

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// The most columns of a sheet.
pub const COLUMNS_MAX: usize = 1_000;
/// The most rows of a sheet, its head included.
pub const ROWS_MAX: u32 = 500_000;
/// The longest text of a cell, in bytes: what a report may bring.
pub const CELL_BYTES_MAX: usize = engine::runtime::REPORT_TEXT_MAX;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Nothing, or blanks.
    Empty,
    /// A text, without blanks around it.
    Text(String),
    /// A number.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A date, with a time where that is not midnight.
    Date(NaiveDateTime),
    /// What cannot be used, and why.
    Bad(String),
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number, from 1, as a spreadsheet counts.
    pub number: u32,
    /// Its cells; those behind the last are empty.
    pub cells: Vec<Raw>,
}

/// A sheet: its heads, and the rows under them that are not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name; empty for a file that has no sheets.
    pub name: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Reads a file: a workbook (`.xlsx`), or comma-separated values. `head` is the number of the row with
/// the heads, from 1; `wanted` the sheet, without which a workbook must have only one that is not
/// empty, or the first is meant.
///
/// # Errors
/// It cannot be read, is too large, is no such file, or has no such sheet.
pub fn sheet(file: &Path, wanted: Option<&str>, head: u32) -> anyhow::Result<Sheet> {
    let shown = file.display();
    let opened = std::fs::File::open(file).with_context(|| format!("cannot read {shown}"))?;
    let mut bytes = Vec::new();
    let limit = FILE_BYTES_MAX.saturating_add(1);
    opened.take(limit).read_to_end(&mut bytes).with_context(|| format!("cannot read {shown}"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        bail!("{shown} has more than {FILE_BYTES_MAX} bytes");
    }
    of_bytes(&bytes, wanted, head).with_context(|| format!("cannot use {shown}"))
}

/// Reads a file that is in memory. A workbook begins like any archive.
///
/// # Errors
/// As [`sheet`].
pub fn of_bytes(bytes: &[u8], wanted: Option<&str>, head: u32) -> anyhow::Result<Sheet> {
    match bytes.starts_with(b"PK\x03\x04") {
        true => of_xlsx::read(bytes, wanted, head),
        false if bytes.starts_with(b"\xd0\xcf\x11\xe0") => {
            bail!(
                "it is a workbook of the old kind (.xls), or one with a password: save it as .xlsx"
            )
        }
        false if wanted.is_some() => bail!("comma-separated values have no sheets"),
        false => of_csv::read(bytes, head),
    }
}

/// Divides rows into the heads and what stands under them.
pub(super) fn divided(
    name: &str,
    rows: impl Iterator<Item = anyhow::Result<Row>>,
    head: u32,
) -> anyhow::Result<Sheet> {
    let mut sheet = Sheet { name: name.to_owned(), heads: Vec::new(), rows: Vec::new() };
    for row in rows {
        let row = row?;
        if row.number > ROWS_MAX {
            bail!("it has more than {ROWS_MAX} rows");
        }
        if row.number < head || row.cells.iter().all(|it| *it == Raw::Empty) {
            continue;
        }
        if row.number > head {
            if sheet.heads.is_empty() {
                bail!("row {head} has no heads of columns: say with `head` which row has them");
            }
            sheet.rows.push(row);
            continue;
        }
        sheet.heads = row.cells.iter().map(head_of).collect();
        while sheet.heads.last().is_some_and(String::is_empty) {
            sheet.heads.pop();
        }
    }
    if sheet.heads.is_empty() {
        bail!("row {head} has no heads of columns: say with `head` which row has them");
    }
    Ok(sheet)
}

fn head_of(cell: &Raw) -> String {
    match cell {
        Raw::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Raw::Number(number) => number.to_string(),
        Raw::Flag(flag) => flag.to_string(),
        Raw::Date(at) => at.to_string(),
        Raw::Empty | Raw::Bad(_) => String::new(),
    }
}

/// A text as a cell: without blanks around it.
pub(super) fn text(text: &str) -> Raw {
    let text = text.trim();
    match text.len() {
        0 => Raw::Empty,
        n_bytes if n_bytes > CELL_BYTES_MAX => {
            Raw::Bad(format!("the text has {n_bytes} bytes, at most {CELL_BYTES_MAX} are allowed"))
        }
        _ if text.contains('\0') => Raw::Bad("the text holds a character that is none".to_owned()),
        _ => Raw::Text(text.to_owned()),
    }
}
