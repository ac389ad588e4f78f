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
    builder.has_headers(false).flexible(true).delimiter(delimiter(bytes, head));
    let mut reader = builder.from_reader(bytes);
    let mut record = StringRecord::new();
    let mut numbers = numbers(bytes).into_iter();
    let rows = std::iter::from_fn(|| {
        let number = numbers.next().unwrap_or(u32::MAX);
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

/// The numbers of the rows that are not empty, as a spreadsheet counts: a line without anything counts,
/// and one that goes on inside of quotes does not.
fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (mut numbers, mut number) = (Vec::new(), 1u32);
    let (mut is_quoted, mut is_empty, mut last) = (false, true, 0u8);
    for byte in bytes {
        match byte {
            b'\n' if last == b'\r' && is_empty && !is_quoted => {}
            b'\n' | b'\r' if !is_quoted => {
                numbers.extend((!is_empty).then_some(number));
                number = number.saturating_add(1);
                is_empty = true;
            }
            _ => {
                is_quoted ^= *byte == b'"';
                is_empty = false;
            }
        }
        last = *byte;
    }
    numbers.extend((!is_empty).then_some(number));
    numbers
}

/// What divides the columns: whichever of comma, semicolon and tab stands most often in the row with
/// the heads, quoted parts left out.
fn delimiter(bytes: &[u8], head: u32) -> u8 {
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    let (mut number, mut is_quoted, mut last) = (1u32, false, 0u8);
    for byte in bytes.iter().take(LOOKED_AT) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if last == b'\r' && !is_quoted => {}
            b'\n' | b'\r' if !is_quoted => number = number.saturating_add(1),
            _ if is_quoted || number != head => {}
            _ => {
                let found = counts.iter_mut().filter(|(it, _)| it == byte);
                found.for_each(|(_, n)| *n = n.saturating_add(1));
            }
        }
        last = *byte;
    }
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(it, _)| *it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let check = |text: &str, expected: &[u32]| {
            assert_eq!(numbers(text.as_bytes()), expected, "{text:?}");
            let mut builder = ReaderBuilder::new();
            let mut reader = builder.has_headers(false).flexible(true).from_reader(text.as_bytes());
            assert_eq!(reader.records().count(), expected.len(), "{text:?}");
        };
        check("a\r\nb\r\n", &[1, 2]);
        check("\n\na\n\nb", &[3, 5]);
        check("\r\n\r\na\r\n", &[3]);
        check("\"x\r\ny\",\"\"\"\"\r\nb", &[1, 2]);
        check("a\rb\r\rc", &[1, 2, 4]);
        check("", &[]);
    }

    #[test]
    fn what_divides_columns_is_found_out() {
        assert_eq!(delimiter(b"a;b;c,d\n,,,,,", 1), b';');
        assert_eq!(delimiter(b"\r\nour, own, register\r\na;b", 3), b';');
        assert_eq!(delimiter(b"\"a;b;c\",d", 1), b',');
        assert_eq!(delimiter(b"a\tb", 1), b'\t');
        assert_eq!(delimiter(b"a", 1), b',');
    }
}
