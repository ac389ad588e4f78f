//! A whole register, as a file.

use std::io::{Seek, Write};

use engine::time::Instant;
use store::keeper::{Reader, Reading};

use crate::out::{About, Csv, Xlsx};
use crate::rows::rows;
use crate::tables::{CASES, Table, tables};
use crate::walk::{Asked, each, machines, versions};

/// As what a register is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One table, as comma-separated values.
    Csv,
    /// All tables, as a workbook.
    Xlsx,
}

/// The tables of the register that is asked for; nothing where no version of the protocol was ever in
/// use.
fn of(reader: &Reader, asked: &Asked) -> anyhow::Result<Vec<Table>> {
    let versions = versions(reader, asked.tenant, &asked.protocol_id)?;
    Ok(if versions.is_empty() { Vec::new() } else { tables(&machines(&versions), &asked.viewer) })
}

/// Writes one table as comma-separated values; the cases, where no table is named. Returns how many
/// rows it has, the head not counted; nothing where there is no such protocol or table, with the names
/// of the tables there are.
///
/// # Errors
/// The store fails; time cannot act on a case; or it cannot be written.
pub fn csv(
    reader: &Reader,
    asked: &Asked,
    table: Option<&str>,
    to: impl Write,
) -> anyhow::Result<Result<u64, Vec<String>>> {
    let all = of(reader, asked)?;
    let wanted = table.unwrap_or(CASES);
    let Some(table) = all.iter().find(|it| it.name == wanted) else {
        return Ok(Err(all.into_iter().map(|it| it.name).collect()));
    };
    let mut csv = Csv::begin(to, table)?;
    let mut n_rows = 0u64;
    each(reader, asked, &mut |case| {
        for row in rows(case, table)? {
            csv.row(&row)?;
            n_rows = n_rows.saturating_add(1);
        }
        Ok(())
    })?;
    csv.end()?;
    Ok(Ok(n_rows))
}

/// Writes all tables as a workbook. Returns how many cases there are; nothing where there is no such
/// protocol.
///
/// # Errors
/// As [`csv()`]; a sheet takes no more rows.
pub fn xlsx(
    reader: &Reader,
    asked: &Asked,
    to: impl Write + Seek + Send,
) -> anyhow::Result<Option<u64>> {
    let all = of(reader, asked)?;
    if all.is_empty() {
        return Ok(None);
    }
    let mut xlsx = Xlsx::begin(&all, &about(reader, asked)?)?;
    let mut n_cases = 0u64;
    each(reader, asked, &mut |case| {
        n_cases = n_cases.saturating_add(1);
        for (place, table) in all.iter().enumerate() {
            for row in rows(case, table)? {
                xlsx.row(place, &row)?;
            }
        }
        Ok(())
    })?;
    xlsx.end(to)?;
    Ok(Some(n_cases))
}

fn about(reader: &Reader, asked: &Asked) -> anyhow::Result<About> {
    let versions = versions(reader, asked.tenant, &asked.protocol_id)?;
    let zone = versions.first().map(|it| &it.machine.protocol.zone);
    let shown = |at: Instant| {
        zone.map_or_else(String::new, |it| crate::cell::Cell::moment(it, Some(at)).plain())
    };
    let (word, at) = match asked.reading {
        Reading::Now => ("as it stands at", asked.now),
        Reading::AsKnownAt(at) => ("as known at", at),
        Reading::AsTrueAt(at) => ("as it truly was at", at),
    };
    let date =
        |it: Option<chrono::NaiveDate>| it.map_or_else(|| "any".to_owned(), |it| it.to_string());
    let line = |word: &str, said: String| (word.to_owned(), said);
    let numbers = versions.iter().map(|it| it.version.as_str());
    let lines = vec![
        line("register of", asked.protocol_id.clone()),
        line("versions", numbers.collect::<Vec<_>>().join(", ")),
        line(word, shown(at)),
        line("received from", date(asked.from)),
        line("received to", date(asked.to)),
        line("zone of its dates", zone.map_or_else(String::new, |it| it.name().to_owned())),
    ];
    let civil = zone.map(|it| it.civil(at)).unwrap_or_default();
    Ok(About { lines, at: civil })
}
