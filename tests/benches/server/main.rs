//! The server beside its baselines, in one run: `cargo xtask bench server`. Load comes from a second
//! process on loopback; what is compared is measured in turn, so that noise hits both alike.
//!
//! Without `--bench`, as `cargo test` starts it, nothing is measured: that needs `protocol` built
//! with optimisations.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "what is rounded is a figure, or a number of cases"
)]

mod bare;
mod kept;
mod load;
mod measure;
mod million;
mod process;
mod story;
mod table;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use store::postgres::test_cluster::{self, Cluster, Disk};

use crate::kept::Where;
use crate::measure::Bench;
use crate::table::{HEAD, Table};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let texts: Vec<&str> = words.iter().map(String::as_str).collect();
    match texts.as_slice() {
        ["load"] => load::main(),
        ["bare", ..] => bare::main(words.get(1..).unwrap_or_default()),
        [] => Ok(()),
        words => {
            let folder = Folder::new()?;
            let only = words.iter().find_map(|it| it.strip_prefix("--only="));
            let words = words.iter().filter(|it| **it != "--bench" && !it.starts_with("--only="));
            let words: Vec<&str> = words.copied().collect();
            let mut bench = bench(&folder.0);
            match words.as_slice() {
                [] => {}
                ["--quick"] => quick(&mut bench),
                ["--soak", minutes] => return measure::soak(&mut bench, minutes.parse()?),
                words => bail!("`{}` is not understood: --quick, --soak MINUTES", words.join(" ")),
            }
            all(&mut bench, only)
        }
    }
}

/// A whole run takes about a quarter of an hour.
fn bench(folder: &Path) -> Bench {
    Bench {
        folder: folder.to_owned(),
        table: Table::default(),
        count: Duration::from_secs(4),
        warm: Duration::from_secs(1),
        rounds: 4,
        many: 1_000_000,
    }
}

/// About two minutes.
const fn quick(bench: &mut Bench) {
    (bench.count, bench.warm) = (Duration::from_millis(1_500), Duration::from_millis(300));
    bench.rounds = 2;
}

/// Everything, or the part that is named.
fn all(bench: &mut Bench, only: Option<&str>) -> Result<()> {
    let is_wanted = |part: &str| only.is_none_or(|it| it == part);
    print!("{HEAD}");
    if is_wanted("starts") {
        measure::starts(bench)?;
    }
    if is_wanted("sqlite") {
        let row_bytes = measure::sizes_sqlite(bench)?;
        measure::writes_sqlite(bench, row_bytes)?;
    }
    if is_wanted("million") {
        let at = Where::sqlite(&bench.folder, "million")?;
        measure::million(bench, "SQLite", &at)?;
    }
    if is_wanted("postgres") {
        match postgres() {
            Ok(cluster) => {
                let row_bytes = measure::sizes_postgres(bench, &cluster)?;
                measure::writes_postgres(bench, &cluster, row_bytes)?;
            }
            Err(why) => println!("NOT RUN PostgreSQL: {why:#}"),
        }
    }
    println!("\n{}", bench.table.text());
    Ok(())
}

/// A server of our own with a database for each part.
fn postgres() -> Result<Cluster> {
    let cluster = test_cluster::own(Disk::Sync)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let url = cluster.url("postgres");
        let (client, driver) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
        tokio::spawn(async move { driver.await.ok() });
        for name in ["bare", "sizes", "writes"] {
            client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(cluster)
}

/// A folder that is deleted at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let name = format!("redress-bench-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}
