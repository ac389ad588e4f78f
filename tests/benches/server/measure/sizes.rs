//! How many bytes are kept.

use std::path::Path;

use anyhow::{Context as _, Result};
use rusqlite::Connection;
use store::postgres::test_cluster::Cluster;
use tokio_postgres::NoTls;

use super::Bench;
use crate::kept::Where;
use crate::story::EVENTS;
use crate::table::{Line, Target, shown};

/// How many cases are closed.
const CASES: usize = 1_000;

/// Bytes by table, its indexes included.
type Sizes = Vec<(String, u64)>;

/// Measures what a file of SQLite keeps; how many bytes a row of ours has, answers included.
pub(crate) fn sizes_sqlite(bench: &mut Bench) -> Result<usize> {
    let at = Where::sqlite(&bench.folder, "sizes")?;
    let kept = at.open()?;
    let file = at.file().context("no file")?;
    let before = of_file(file)?;
    let cases = kept.open(CASES, "sizes")?;
    kept.live(&cases)?;
    drop(kept);
    Ok(told(bench, "SQLite", &before, &of_file(file)?))
}

/// The same for a database of PostgreSQL.
pub(crate) fn sizes_postgres(bench: &mut Bench, cluster: &Cluster) -> Result<usize> {
    let url = cluster.url("sizes");
    let at = Where::postgres(&bench.folder, "sizes-postgres", url.clone())?;
    let kept = at.open()?;
    // What a database grows by once it has been in use: what is changed leaves room behind, which
    // is used again.
    let mut sizes = Vec::new();
    for generation in ["sizes-1", "sizes-2"] {
        let cases = kept.open(CASES, generation)?;
        kept.live(&cases)?;
        sizes.push(of_database(&url)?);
    }
    drop(kept);
    let [before, after] = sizes.as_slice() else { anyhow::bail!("two sizes are compared") };
    Ok(told(bench, "PostgreSQL", before, after))
}

fn told(bench: &mut Bench, what: &str, before: &Sizes, after: &Sizes) -> usize {
    let of = |sizes: &Sizes, name: &str| {
        sizes.iter().filter(|it| it.0 == name).map(|it| it.1).sum::<u64>() as f64
    };
    let mut grown: Vec<(&str, f64)> = after
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes as f64 - of(before, name)))
        .filter(|(_, bytes)| *bytes > 0.0)
        .collect();
    grown.sort_by(|a, b| b.1.total_cmp(&a.1));
    let all: f64 = grown.iter().map(|it| it.1).sum();
    let answers: f64 = grown.iter().filter(|it| it.0 == "answer").map(|it| it.1).sum();
    let events = (CASES * EVENTS) as f64;
    let (lasting, event) = (all - answers, (all - answers) / events);
    let parts: Vec<String> = grown
        .iter()
        .filter(|(_, bytes)| bytes / events >= 1.0)
        .map(|(name, bytes)| format!("{name} {}", shown(bytes / events)))
        .collect();
    bench.table.note(
        &format!("{what}, bytes an event by table"),
        format!("{} with answers", shown(all / events)),
        parts.join(", "),
    );
    let line = |what: String, bytes: f64, most: f64| Line {
        what,
        ours: format!(
            "{} B; answers, kept for a week, {} B",
            shown(bytes),
            shown(answers / events)
        ),
        bare: String::new(),
        figure: Some((bytes, "B")),
        target: Target::AtMost(most),
    };
    bench.table.add(line(format!("{what}, stored an event"), event, 1_000.0));
    let case = lasting / CASES as f64;
    bench.table.add(line(
        format!("{what}, stored a closed case of {EVENTS} events"),
        case,
        12_000.0,
    ));
    (all / events) as usize
}

/// The bytes of the pages of each table and its indexes.
fn of_file(file: &Path) -> Result<Sizes> {
    let connection = Connection::open(file)?;
    let sql = "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_schema m ON m.name = s.name \
               GROUP BY m.tbl_name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    rows.map(|it| it.map(|(name, bytes)| Ok((name, u64::try_from(bytes)?)))?).collect()
}

fn of_database(url: &str) -> Result<Sizes> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (client, driver) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(async move { driver.await.ok() });
        // As the database does by itself, some minutes later.
        client.batch_execute("VACUUM").await?;
        let sql = "SELECT relname::text, pg_total_relation_size(oid) FROM pg_class \
                   WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
        let rows = client.query(sql, &[]).await?;
        let size = |bytes: i64| u64::try_from(bytes).unwrap_or(0);
        Ok(rows.iter().map(|it| (it.get(0), size(it.get(1)))).collect())
    })
}
