//! Rows in a bare SQLite file, durable after every commit.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::{Connection, params};

use super::group::{self, Waiting};

/// Bytes that do not compress.
pub(super) fn filler(n: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(n).collect()
}

fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, key TEXT NOT NULL, body BLOB NOT NULL);",
    )?;
    Ok(connection)
}

fn insert(connection: &mut Connection, rows: &[(&str, &[u8])]) -> Result<()> {
    let transaction = connection.transaction()?;
    let mut statement =
        transaction.prepare_cached("INSERT INTO event (key, body) VALUES (?1, ?2)")?;
    for (key, body) in rows {
        statement.execute(params![key, body])?;
    }
    drop(statement);
    transaction.commit()?;
    Ok(())
}

/// The thread that writes for the handler.
pub(super) fn start(file: &str) -> Result<Sender<Waiting>> {
    let mut connection = open(Path::new(file))?;
    Ok(group::start(move |group| {
        let rows: Vec<_> = group.iter().map(|it| (it.key.as_str(), it.body.as_slice())).collect();
        insert(&mut connection, &rows)
    }))
}

/// How many rows of this size are written a second in groups of this many.
pub(crate) fn written(folder: &Path, bytes: usize, group: usize, long: Duration) -> Result<f64> {
    let mut connection = open(&folder.join("bare-rows.db"))?;
    let body = filler(bytes);
    let rows = vec![("0123456789abcdef0123456789abcdef-01", body.as_slice()); group];
    let (begin, mut n) = (Instant::now(), 0usize);
    while begin.elapsed() < long {
        insert(&mut connection, &rows)?;
        n += group;
    }
    Ok(n as f64 / begin.elapsed().as_secs_f64())
}
