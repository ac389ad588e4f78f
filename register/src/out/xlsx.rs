//! Workbooks for Excel: a sheet for each table, with real dates, and one that says what it is.
//!
//! Rows are written as they come, to a file of the machine that is gone with the process, so that
//! memory stays the same however many there are. A text is written as a text and never as a formula.
//! Dates that Excel does not know, before 1900 or after 9999, numbers of more than 15 digits, and
//! milliseconds before 1900 are texts.

use std::io::{Seek, Write};

use anyhow::{Context as _, bail};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use crate::cell::Cell;
use crate::tables::Table;

/// The most rows of a sheet, its head included: more does not fit into any workbook.
pub const SHEET_ROWS_MAX: u32 = 1_048_576;

/// The most characters of a cell that Excel takes.
const CELL_CHARS_MAX: usize = 32_767;
/// What is said at the end of a text that is longer.
const CUT: &str = " … [cut: the CSV has all of it]";
/// The most digits that a number of Excel keeps.
const DIGITS_MAX: usize = 15;

/// What a workbook says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// What each line says: the word and what is to be said of it.
    pub lines: Vec<(String, String)>,
    /// When it is as of, in the zone of the protocol: stands as the date of the file, so that the same
    /// register has the same bytes.
    pub at: NaiveDateTime,
}

/// A workbook that is being written.
pub struct Xlsx {
    workbook: Workbook,
    next_rows: Vec<u32>,
    instant: Format,
    date: Format,
}

impl Xlsx {
    /// Begins with the heads of all tables.
    ///
    /// # Errors
    /// A file for the rows cannot be made.
    pub fn begin(tables: &[Table], about: &About) -> anyhow::Result<Self> {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new();
        let at = moment(about.at)
            .unwrap_or_else(|| ExcelDateTime::from_timestamp(0).unwrap_or_default());
        workbook.set_properties(&properties.set_creation_datetime(&at));
        let bold = Format::new().set_bold();
        for table in tables {
            let sheet = workbook.add_worksheet_with_constant_memory()?;
            sheet.set_name(sheet_name(&table.name))?.set_freeze_panes(1, 0)?;
            for (place, column) in (0u16..).zip(&table.columns) {
                let width = column.name.chars().count().clamp(10, 40);
                sheet.set_column_width(place, f64::from(u8::try_from(width).unwrap_or(40)))?;
                sheet.write_string_with_format(0, place, &column.name, &bold)?;
            }
        }
        self::about(&mut workbook, tables, about, &bold)?;
        Ok(Self {
            workbook,
            next_rows: vec![1; tables.len()],
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
        })
    }

    /// Writes a row of the table with this place.
    ///
    /// # Errors
    /// The sheet is full; or it cannot be written.
    pub fn row(&mut self, table: usize, cells: &[Cell]) -> anyhow::Result<()> {
        let next = self.next_rows.get_mut(table).context("there is no such table")?;
        let row = *next;
        if row >= SHEET_ROWS_MAX {
            bail!("a sheet has at most {SHEET_ROWS_MAX} rows, and there are more: write CSV");
        }
        *next = row.saturating_add(1);
        let sheet = self.workbook.worksheet_from_index(table)?;
        for (place, cell) in (0u16..).zip(cells) {
            write(sheet, (row, place), cell, &self.instant, &self.date)?;
        }
        Ok(())
    }

    /// Writes the whole workbook.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(mut self, to: impl Write + Seek + Send) -> anyhow::Result<()> {
        Ok(self.workbook.save_to_writer(to)?)
    }
}

/// A sheet that says what the workbook is, and what stands in each column.
fn about(
    workbook: &mut Workbook,
    tables: &[Table],
    about: &About,
    bold: &Format,
) -> anyhow::Result<()> {
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("about")?.set_column_width(0, 24.0)?.set_column_width(1, 40.0)?;
    let mut row = 0u32;
    for (word, said) in &about.lines {
        sheet.write_string_with_format(row, 0, word, bold)?.write_string(row, 1, cut(said))?;
        row = row.saturating_add(1);
    }
    for table in tables {
        row = row.saturating_add(1);
        sheet.write_string_with_format(row, 0, sheet_name(&table.name), bold)?;
        sheet.write_string(row, 1, cut(&table.title))?;
        for column in &table.columns {
            row = row.saturating_add(1);
            sheet.write_string(row, 0, &column.name)?.write_string(row, 1, cut(&column.title))?;
        }
        row = row.saturating_add(1);
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Cell,
    instant: &Format,
    date: &Format,
) -> anyhow::Result<()> {
    match cell {
        Cell::Empty => {}
        Cell::Flag(flag) => {
            sheet.write_boolean(row, place, *flag)?;
        }
        Cell::Number(number) => {
            let digits = number.to_string().bytes().filter(u8::is_ascii_digit).count();
            match number.to_f64().filter(|_| digits <= DIGITS_MAX) {
                Some(number) => sheet.write_number(row, place, number)?,
                None => sheet.write_string(row, place, number.to_string())?,
            };
        }
        Cell::Date(on) => match day(*on) {
            Some(known) => {
                sheet.write_datetime_with_format(row, place, known, date)?;
            }
            None => {
                sheet.write_string(row, place, on.to_string())?;
            }
        },
        Cell::Moment(at) => match moment(at.civil) {
            Some(known) => {
                sheet.write_datetime_with_format(row, place, known, instant)?;
            }
            None => {
                sheet.write_string(row, place, at.to_string())?;
            }
        },
        Cell::Text(text) => {
            sheet.write_string(row, place, cut(text))?;
        }
    }
    Ok(())
}

fn day(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|it| (1900..=9999).contains(it))?;
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn moment(civil: NaiveDateTime) -> Option<ExcelDateTime> {
    let (hour, minute) = (u16::try_from(civil.hour()).ok()?, u8::try_from(civil.minute()).ok()?);
    let (second, milli) =
        (u8::try_from(civil.second()).ok()?, u16::try_from(civil.nanosecond() / 1_000_000).ok()?);
    day(civil.date())?.and_hms_milli(hour, minute, second, milli).ok()
}

/// The name of a sheet: at most 31 characters.
fn sheet_name(table: &str) -> String {
    table.chars().take(31).collect()
}

fn cut(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    let kept = CELL_CHARS_MAX.saturating_sub(CUT.chars().count());
    text.chars().take(kept).chain(CUT.chars()).collect()
}
