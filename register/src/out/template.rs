//! A register without a row: which columns one of this protocol has.

use std::io::{Seek, Write};

use chrono::DateTime;
use engine::machine::Machine;

use crate::out::{About, Csv, Xlsx};
use crate::tables::{CASES, tables};
use crate::viewer::Viewer;

/// Writes the heads of one table as comma-separated values; of the cases, where no table is named.
/// Where there is no such table, returns the names of those there are.
///
/// # Errors
/// It cannot be written.
pub fn template_csv(
    machine: &Machine,
    viewer: &Viewer,
    table: Option<&str>,
    to: impl Write,
) -> anyhow::Result<Result<(), Vec<String>>> {
    let all = tables(&[machine], viewer);
    let wanted = table.unwrap_or(CASES);
    let Some(table) = all.iter().find(|it| it.name == wanted) else {
        return Ok(Err(all.into_iter().map(|it| it.name).collect()));
    };
    Csv::begin(to, table)?.end()?.flush()?;
    Ok(Ok(()))
}

/// Writes a workbook with the heads of every table, and what stands in each column.
///
/// # Errors
/// It cannot be written.
pub fn template_xlsx(
    machine: &Machine,
    viewer: &Viewer,
    to: impl Write + Seek + Send,
) -> anyhow::Result<()> {
    let protocol = &machine.protocol;
    let line = |word: &str, said: &str| (word.to_owned(), said.to_owned());
    let lines = vec![
        line("register of", &protocol.id),
        line("version", &protocol.version),
        line("zone of its dates", protocol.zone.name()),
    ];
    // The same columns have the same bytes: no date of writing.
    let about = About { lines, at: DateTime::UNIX_EPOCH.naive_utc() };
    Xlsx::begin(&tables(&[machine], viewer), &about)?.end(to)
}
