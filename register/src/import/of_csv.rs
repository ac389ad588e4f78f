//! Comma-separated values: UTF-8, with commas, semicolons or tabs.

use anyhow::{Context as _, bail};
use csv::{ReaderBuilder, StringRecord};

use crate::import::sheet::{COLUMNS_MAX, Row, Sheet, divided, text};

/// The bytes that are looked at to find out what divides the columns.
const LOOKED_AT: usize = 64 * 1024;

pub(super) fn read(bytes: &[u8], head: u32) -> anyhow::Result<Sheet> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        bail!("it is UTF-16: save it as \"CSV UTF-8\"");
    }
    if bytes.iter().take(LOOKED_AT).any(|it| *it == 0) {
        bail!("it is no text: neither a workbook nor comma-separated values");
    }
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter(bytes));
    let mut reader = builder.from_reader(bytes);
    let mut record = StringRecord::new();
    let mut number = 0u32;
    let rows = std::iter::from_fn(|| {
        number = number.saturating_add(1);
        let read = reader.read_record(&mut record);
        let read = read.with_context(|| {
            format!("row {number} is not UTF-8 or not whole: save it as \"CSV UTF-8\"")
        });
        match read {
            Ok(false) => None,
            Ok(true) => Some(row(number, &record)),
            Err(why) => Some(Err(why)),
        }
    });
    divided("", rows, head)
}

fn row(number: u32, record: &StringRecord) -> anyhow::Result<Row> {
    if record.len() > COLUMNS_MAX {
        bail!("row {number} has {} columns, at most {COLUMNS_MAX} are allowed", record.len());
    }
    Ok(Row { number, cells: record.iter().map(|it| text(plain(it))).collect() })
}

/// A text without the apostrophe by which it was kept from being a formula.
fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if crate::out::harmless(rest).len() > rest.len() => rest,
        _ => text,
    }
}

/// What divides the columns: whichever of comma, semicolon and tab stands most often in the first
/// line, quoted parts left out.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in bytes.iter().take(LOOKED_AT) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(it, _)| it == byte).for_each(|(_, n)| *n += 1),
        }
    }
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(it, _)| *it)
}
