//! One connection, which blocks.
//!
//! This is the border to the asynchronous driver: each connection has a runtime of its own that
//! turns only while somebody waits for an answer. Statements of one call are sent together, so
//! that a transaction waits for the network twice, however many statements it has.

use crate::cases::Failure;
use crate::postgres::link::failure::{self, Broken};
use crate::postgres::link::options::Options;
use futures_util::future::{join_all, try_join, try_join_all};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Error, NoTls, Row, Statement};

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::postgres) enum Use {
    /// It writes.
    Write,
    /// It only reads.
    Read,
}

/// A statement and its parameters.
pub(in crate::postgres) struct Asked<'a> {
    pub(in crate::postgres) sql: &'a str,
    pub(in crate::postgres) parameters: Vec<&'a (dyn ToSql + Sync)>,
    /// How many rows must come back, where it matters.
    pub(in crate::postgres) rows: Option<usize>,
}

impl<'a> Asked<'a> {
    /// A statement of which any number of rows may come back.
    pub(in crate::postgres) fn new(sql: &'a str, parameters: &[&'a (dyn ToSql + Sync)]) -> Self {
        Self { sql, parameters: parameters.to_vec(), rows: None }
    }

    /// Adds parameters after those that are there.
    pub(in crate::postgres) fn add(&mut self, parameters: &[&'a (dyn ToSql + Sync)]) {
        self.parameters.extend_from_slice(parameters);
    }
}

/// How much longer a client waits than the server lets a statement run.
const GRACE: Duration = Duration::from_secs(5);

/// Statements that are kept prepared on a connection, at most. There are fewer; the bound is
/// there because lists are asked for with conditions in many combinations.
const PREPARED_MAX: usize = 500;

/// For every connection. Statistics are behind while tables grow, and a plan that follows them
/// then reads whole tables; there is an index for every question.
const SETTINGS: [&str; 4] = [
    "SET enable_hashjoin = off",
    "SET enable_mergejoin = off",
    "SET enable_seqscan = off",
    "SET jit = off",
];
/// For those that write. A commit that is answered is on the disk, whatever is the default. A node
/// that stands still in the middle of a transaction holds up the others for five seconds at most:
/// then the transaction is rolled back, and the node hears of it when it goes on.
const SETTINGS_TO_WRITE: [&str; 3] = [
    "SET idle_in_transaction_session_timeout = 5000",
    "SET plan_cache_mode = force_generic_plan",
    "SELECT set_config('synchronous_commit', 'on', false) \
     WHERE current_setting('synchronous_commit') = 'off'",
];
const SETTINGS_TO_READ: [&str; 1] = ["SET default_transaction_read_only = on"];

/// One connection.
pub(in crate::postgres) struct Connection {
    /// Always there, until the connection is dropped.
    runtime: Option<Runtime>,
    client: Client,
    prepared: BTreeMap<String, Statement>,
    limit: Duration,
    lost: bool,
}

impl Connection {
    /// Opens a connection.
    pub(in crate::postgres) fn open(
        config: &Config,
        options: &Options,
        what: Use,
    ) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::Unavailable(error.to_string()))?;
        let opened = runtime.block_on(async {
            tokio::time::timeout(options.connect, async {
                let (client, driver) = config.connect(NoTls).await?;
                // What ends it is told to every call that waits for an answer.
                tokio::spawn(async move { driver.await.ok() });
                set(&client, options, what).await?;
                Ok(client)
            })
            .await
        });
        let client = match opened {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => return Err(failure::connecting(&error)),
            Err(_) => return Err(failure::too_long(options.connect).failure()),
        };
        let (prepared, limit) = (BTreeMap::new(), options.statement + GRACE);
        Ok(Self { runtime: Some(runtime), client, prepared, limit, lost: false })
    }

    /// Whether it can be used again.
    pub(in crate::postgres) fn is_usable(&self) -> bool {
        !self.lost && !self.client.is_closed()
    }

    /// Asks some questions, each on its own, and gives the answers in their order.
    pub(in crate::postgres) fn ask(
        &mut self,
        asked: &[Asked<'_>],
    ) -> Result<Vec<Vec<Row>>, Broken> {
        let statements = self.prepare(asked)?;
        let answers = try_join_all(sent(&self.client, asked, &statements));
        let answers = self.wait(answers);
        self.unless_lost(answers)
    }

    /// Does all of this in one transaction and gives the answers in their order. It is durable
    /// when this returns. Where other rows come back than must, somebody else wrote first.
    pub(in crate::postgres) fn commit(
        &mut self,
        asked: &[Asked<'_>],
    ) -> Result<Vec<Vec<Row>>, Broken> {
        let statements = self.prepare(asked)?;
        let begun = self.client.batch_execute("BEGIN");
        let answers = try_join(begun, try_join_all(sent(&self.client, asked, &statements)));
        let answers = self.wait(answers);
        let ((), answers) = match self.unless_lost(answers) {
            Ok(answers) => answers,
            Err(broken) => {
                self.roll_back();
                return Err(broken);
            }
        };
        let differ = |(it, rows): (&Asked<'_>, &Vec<Row>)| it.rows.is_some_and(|n| n != rows.len());
        if asked.iter().zip(&answers).any(differ) {
            self.roll_back();
            return Err(Broken::Failed(Failure::Overtaken));
        }
        match self.wait(self.client.batch_execute("COMMIT")) {
            Some(Ok(())) => Ok(answers),
            Some(Err(error)) => Err(failure::in_commit(&error)),
            None => {
                self.lost = true;
                Err(Broken::Failed(Failure::Unknown("no answer to COMMIT".to_owned())))
            }
        }
    }

    /// Runs statements that are given in one text, as one transaction.
    pub(in crate::postgres) fn run(&mut self, sql: &str) -> Result<(), Broken> {
        let done = self.wait(self.client.batch_execute(sql));
        let done = self.unless_lost(done);
        if done.is_err() {
            self.roll_back();
        }
        done
    }

    fn roll_back(&mut self) {
        if self.is_usable()
            && !matches!(self.wait(self.client.batch_execute("ROLLBACK")), Some(Ok(())))
        {
            self.lost = true;
        }
    }

    fn prepare(&mut self, asked: &[Asked<'_>]) -> Result<Vec<Statement>, Broken> {
        if self.prepared.len() > PREPARED_MAX {
            self.prepared.clear();
        }
        let is_new = |it: &&Asked<'_>| !self.prepared.contains_key(it.sql);
        let new: Vec<&str> = asked.iter().filter(is_new).map(|it| it.sql).collect();
        if !new.is_empty() {
            let prepared = try_join_all(new.iter().map(|sql| self.client.prepare(sql)));
            let prepared = self.wait(prepared);
            let prepared = self.unless_lost(prepared)?;
            self.prepared.extend(new.into_iter().map(str::to_owned).zip(prepared));
        }
        Ok(asked.iter().filter_map(|it| self.prepared.get(it.sql)).cloned().collect())
    }

    /// Waits, but not for ever: nothing where the limit has passed.
    fn wait<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let runtime = self.runtime.as_ref()?;
        runtime.block_on(async { tokio::time::timeout(self.limit, work).await.ok() })
    }

    fn unless_lost<T>(&mut self, done: Option<Result<T, Error>>) -> Result<T, Broken> {
        let broken = match done {
            Some(Ok(done)) => return Ok(done),
            Some(Err(error)) => failure::before_commit(&error),
            None => failure::too_long(self.limit),
        };
        self.lost |= matches!(broken, Broken::Lost(_));
        Err(broken)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Whoever drops it may be on a thread of another runtime, which must not wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Each is sent when it is first looked at, and all are looked at in this order.
fn sent<'a>(
    client: &'a Client,
    asked: &'a [Asked<'a>],
    statements: &'a [Statement],
) -> impl Iterator<Item = impl Future<Output = Result<Vec<Row>, Error>>> {
    asked.iter().zip(statements).map(|(it, statement)| client.query(statement, &it.parameters))
}

async fn set(client: &Client, options: &Options, what: Use) -> Result<(), Error> {
    let timeout = format!("SET statement_timeout = {}", options.statement.as_millis());
    let of_use: &[&str] = match what {
        Use::Write => &SETTINGS_TO_WRITE,
        Use::Read => &SETTINGS_TO_READ,
    };
    let all = SETTINGS.iter().chain(of_use).copied().chain([timeout.as_str()]);
    for done in join_all(all.map(|sql| client.batch_execute(sql))).await {
        match done {
            // Databases that speak like PostgreSQL have no such setting.
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_OBJECT) => {}
            done => done?,
        }
    }
    Ok(())
}
