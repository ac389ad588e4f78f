//! Rows in a bare table of PostgreSQL, durable after every commit.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, Statement};

use super::group::{self, Waiting};
use super::sqlite::filler;

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS bare_event (key text NOT NULL PRIMARY KEY, body bytea NOT NULL)";

struct Rows {
    runtime: Runtime,
    client: Client,
    one: Statement,
    many: Statement,
}

impl Rows {
    fn open(url: &str) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (client, one, many) = runtime.block_on(async {
            let (client, driver) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(async move { driver.await.ok() });
            client.batch_execute(TABLE).await?;
            let one = "INSERT INTO bare_event (key, body) VALUES ($1, $2)";
            let many = "INSERT INTO bare_event (key, body) \
                        SELECT * FROM unnest($1::text[], $2::bytea[])";
            let (one, many) = (client.prepare(one).await?, client.prepare(many).await?);
            Ok::<_, anyhow::Error>((client, one, many))
        })?;
        Ok(Self { runtime, client, one, many })
    }

    /// One statement is one transaction; a single row comes as plain values.
    fn insert(&self, keys: &[&str], bodies: &[&[u8]]) -> Result<()> {
        let Self { runtime, client, one, many } = self;
        match (keys, bodies) {
            ([key], [body]) => runtime.block_on(client.execute(one, &[key, body]))?,
            _ => runtime.block_on(client.execute(many, &[&keys, &bodies]))?,
        };
        Ok(())
    }
}

/// The thread that writes for the handler.
pub(super) fn start(url: &str) -> Result<Sender<Waiting>> {
    let rows = Rows::open(url)?;
    Ok(group::start(move |group| {
        let keys: Vec<_> = group.iter().map(|it| it.key.as_str()).collect();
        let bodies: Vec<_> = group.iter().map(|it| it.body.as_slice()).collect();
        rows.insert(&keys, &bodies)
    }))
}

/// How many rows of this size are written a second in groups of this many.
pub(crate) fn written(url: &str, bytes: usize, group: usize, long: Duration) -> Result<f64> {
    let rows = Rows::open(url)?;
    let body = filler(bytes);
    let (begin, mut n) = (Instant::now(), 0usize);
    while begin.elapsed() < long {
        let keys: Vec<String> = (n..n + group).map(|it| format!("bare-{group}-{it:024}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        rows.insert(&keys, &vec![body.as_slice(); group])?;
        n += group;
    }
    Ok(n as f64 / begin.elapsed().as_secs_f64())
}
