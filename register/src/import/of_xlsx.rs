//! Workbooks of Excel.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{anyhow, bail};
use calamine::{DataRef, ExcelDateTime, Reader as _, SheetVisible, Xlsx};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};

use crate::import::sheet::{COLUMNS_MAX, ROWS_MAX, Raw, Row, Sheet, divided, text};
use crate::import::zipped;

/// Reads a sheet; the first one that is shown, where none is named.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>, head: u32) -> anyhow::Result<Sheet> {
    zipped::check(bytes)?;
    // What others wrote of workbooks may break on one that was made to break it.
    let read = catch_unwind(AssertUnwindSafe(|| of_book(bytes, wanted, head)));
    read.unwrap_or_else(|_| Err(anyhow!("it is no workbook that can be read")))
}

fn of_book(bytes: &[u8], wanted: Option<&str>, head: u32) -> anyhow::Result<Sheet> {
    let mut book =
        Xlsx::new(Cursor::new(bytes)).map_err(|why| anyhow!("it is no workbook: {why}"))?;
    let sheets = book.sheets_metadata();
    let shown = sheets.iter().find(|it| it.visible == SheetVisible::Visible);
    let name = match wanted {
        Some(wanted) => sheets.iter().find(|it| it.name == wanted).map(|it| it.name.clone()),
        None => shown.map(|it| it.name.clone()),
    };
    let Some(name) = name else {
        let names: Vec<&str> = sheets.iter().map(|it| it.name.as_str()).collect();
        bail!("it has no such sheet; it has `{}`", names.join("`, `"));
    };
    let is_1904 = book.has_1904_epoch();
    let cells = book.worksheet_cells_reader(&name);
    let mut cells = cells.map_err(|why| anyhow!("the sheet `{name}` cannot be read: {why}"))?;
    let mut rows: Vec<Row> = Vec::new();
    loop {
        let cell = cells.next_cell_with_formula_metadata();
        let cell = cell.map_err(|why| anyhow!("the sheet `{name}` cannot be read: {why}"))?;
        let Some(cell) = cell else { break };
        let raw = match raw(&cell.value, is_1904) {
            Raw::Empty if cell.formula.is_some() => Raw::Bad(
                "it is a formula of which no value was kept: open the file in Excel and save it"
                    .to_owned(),
            ),
            raw => raw,
        };
        if raw == Raw::Empty {
            continue;
        }
        let (number, place) = (cell.pos.0.saturating_add(1), cell.pos.1);
        put(&mut rows, number, usize::try_from(place).unwrap_or(usize::MAX), raw)?;
    }
    divided(&name, rows.into_iter().map(Ok), head)
}

/// Puts a cell into its row. Rows come in order, as the format demands.
fn put(rows: &mut Vec<Row>, number: u32, place: usize, raw: Raw) -> anyhow::Result<()> {
    if number > ROWS_MAX {
        bail!("it has more than {ROWS_MAX} rows");
    }
    if place >= COLUMNS_MAX {
        bail!("row {number} has more than {COLUMNS_MAX} columns");
    }
    match rows.last() {
        Some(last) if last.number == number => {}
        Some(last) if last.number > number => bail!("its rows are not in order"),
        _ => rows.push(Row { number, cells: Vec::new() }),
    }
    let Some(row) = rows.last_mut() else { return Ok(()) };
    if row.cells.len() <= place {
        row.cells.resize(place.saturating_add(1), Raw::Empty);
    }
    if let Some(cell) = row.cells.get_mut(place) {
        *cell = raw;
    }
    Ok(())
}

fn raw(value: &DataRef<'_>, is_1904: bool) -> Raw {
    match value {
        DataRef::Empty => Raw::Empty,
        DataRef::Int(number) => Raw::Number(Decimal::from(*number)),
        DataRef::Float(number) => self::number(*number),
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(flag) => Raw::Flag(*flag),
        DataRef::DateTime(at) => date(*at, is_1904),
        DataRef::DateTimeIso(iso) => text(iso),
        DataRef::DurationIso(_) => Raw::Bad("it is a length of time".to_owned()),
        DataRef::Error(error) => Raw::Bad(format!("it is an error of the workbook: {error}")),
    }
}

/// A number with the digits that Excel shows: 15 at most.
fn number(number: f64) -> Raw {
    let shown = format!("{number:.14e}").parse::<f64>().ok();
    let found = shown.and_then(Decimal::from_f64).map(|it| it.normalize());
    found.map_or_else(|| Raw::Bad(format!("{number} is too large or no number")), Raw::Number)
}

/// The milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;

/// From this day on, day 61, Excel counts days as the calendar does: it takes 1900 for a leap year.
const FIRST_DAY: i64 = 61;
/// The last day that Excel knows, 31 December 9999.
const LAST_DAY: i64 = 2_958_465;
/// By how many days workbooks that count from 1904 are behind those that count from 1900.
const DAYS_OF_1904: i64 = 1_462;

fn date(at: ExcelDateTime, is_1904: bool) -> Raw {
    if !at.is_datetime() {
        return Raw::Bad("it is a length of time".to_owned());
    }
    let outside = || Raw::Bad("it is no date from 1 March 1900 to 31 December 9999".to_owned());
    let Some(ms) = (at.as_f64() * DAY_MS).round().to_i64() else { return outside() };
    const WHOLE_DAY_MS: i64 = 86_400_000;
    let day = ms.div_euclid(WHOLE_DAY_MS);
    let day = if is_1904 { day.saturating_add(DAYS_OF_1904) } else { day };
    if !(FIRST_DAY..=LAST_DAY).contains(&day) {
        return outside();
    }
    civil(day, ms.rem_euclid(WHOLE_DAY_MS)).map_or_else(outside, Raw::Date)
}

fn civil(day: i64, ms: i64) -> Option<NaiveDateTime> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let date = first.checked_add_days(Days::new(u64::try_from(day).ok()?))?;
    date.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::milliseconds(ms))
}
