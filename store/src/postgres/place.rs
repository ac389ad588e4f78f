//! The place itself: connections that read and write, tenants and writers.

use crate::cases::{Failure, Others, Place, Tenant, Writer};
use crate::postgres::link::connection::{Asked, Use};
use crate::postgres::link::failure::{self, Broken};
use crate::postgres::link::options::Options;
use crate::postgres::link::pool::Pool;
use crate::postgres::link::schema;
use crate::postgres::streams::read::get;
use crate::postgres::write::Known;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, Row};

/// Cases in a PostgreSQL database.
pub struct Postgres {
    writers: Pool,
    readers: Pool,
    /// What this process is called where it takes a timer.
    pub(super) me: i64,
    pub(super) known: Known,
}

/// How often a number is looked for that nobody else took.
const TRIES_MAX: usize = 100;

impl Postgres {
    /// Connects to a database, `postgres://user@host/database`, and makes the tables or brings
    /// them to the present form. TLS is not spoken: a URL that asks for it is refused.
    ///
    /// # Errors
    /// The URL cannot be read, the database cannot be reached, or its tables are of a later
    /// version of this program.
    pub fn connect(url: &str, options: &Options) -> Result<Self, Failure> {
        let mut config: Config = url.parse().map_err(|error| failure::connecting(&error))?;
        config.connect_timeout(options.connect).tcp_user_timeout(options.statement);
        if config.get_application_name().is_none() {
            config.application_name("redress");
        }
        let me = getrandom::u64().map_err(|error| Failure::Unavailable(error.to_string()))?;
        let writers = Pool::new(config.clone(), options.clone(), Use::Write);
        writers.with(schema::migrate)?;
        let readers = Pool::new(config, options.clone(), Use::Read);
        Ok(Self { writers, readers, me: me.cast_signed(), known: Known::default() })
    }

    pub(super) const fn writers(&self) -> &Pool {
        &self.writers
    }

    pub(super) const fn readers(&self) -> &Pool {
        &self.readers
    }

    /// Asks some questions at once; the answers come in their order.
    pub(super) fn ask_all(&self, asked: &[Asked<'_>]) -> Result<Vec<Vec<Row>>, Failure> {
        self.readers.with(|connection| connection.ask(asked))
    }

    /// Asks a question. Where a parameter is a text that PostgreSQL has not, nothing is found.
    pub(super) fn ask(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, Failure> {
        let asked = [Asked::new(sql, parameters)];
        let answers = self.readers.with(|connection| match connection.ask(&asked) {
            Err(Broken::NoText) => Ok(Vec::new()),
            answers => answers,
        })?;
        Ok(answers.into_iter().next().unwrap_or_default())
    }

    /// Does one thing in a transaction of its own; the rows that it returns.
    pub(super) fn change(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, Failure> {
        let asked = [Asked::new(sql, parameters)];
        let answers = self.writers.with(|connection| connection.commit(&asked))?;
        Ok(answers.into_iter().next().unwrap_or_default())
    }

    /// Does something that takes the next free number, again where somebody else took it.
    pub(super) fn take_number(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<i32, Failure> {
        for _ in 0..TRIES_MAX {
            match self.change(sql, parameters) {
                Err(Failure::Overtaken) => {}
                Err(failure) => return Err(failure),
                Ok(rows) => {
                    if let Some(row) = rows.first() {
                        return get(row, 0);
                    }
                }
            }
        }
        Err(Failure::Unavailable("others took every number that was free".to_owned()))
    }
}

impl Place for Postgres {
    fn take_writer(&self) -> Result<Writer, Failure> {
        let sql = "INSERT INTO writer (writer) SELECT coalesce(max(writer), 0) + 1 FROM writer \
                   RETURNING writer";
        self.take_number(sql, &[]).map(Writer)
    }

    fn others(&self) -> Result<Option<Others>, Failure> {
        Ok(None)
    }

    fn tenant(&self, name: &str) -> Result<Tenant, Failure> {
        let there = self.ask("SELECT tenant FROM tenant WHERE name = $1", &[&name])?;
        if let Some(row) = there.first() {
            return get(row, 0).map(Tenant);
        }
        let sql = "INSERT INTO tenant (name, tenant) SELECT $1, coalesce(max(tenant), 0) + 1 \
                   FROM tenant RETURNING tenant";
        for _ in 0..TRIES_MAX {
            // Taken is either the number or the name; whoever took the name is found now.
            match self.change(sql, &[&name]) {
                Err(Failure::Overtaken) => {}
                Err(failure) => return Err(failure),
                Ok(rows) => {
                    if let Some(row) = rows.first() {
                        return get(row, 0).map(Tenant);
                    }
                }
            }
            let there = self.ask("SELECT tenant FROM tenant WHERE name = $1", &[&name])?;
            if let Some(row) = there.first() {
                return get(row, 0).map(Tenant);
            }
        }
        Err(Failure::Unavailable("others took every number that was free".to_owned()))
    }

    fn tenants(&self) -> Result<Vec<(Tenant, String)>, Failure> {
        let rows = self.ask("SELECT tenant, name FROM tenant ORDER BY tenant", &[])?;
        rows.iter().map(|row| Ok((Tenant(get(row, 0)?), get(row, 1)?))).collect()
    }

    fn writable(&self) -> Result<(), Failure> {
        // Nodes share few rows, so that none is left behind for each that ever ran.
        let sql = "INSERT INTO probe (slot, tried) VALUES ($1, 1) \
                   ON CONFLICT (slot) DO UPDATE SET tried = probe.tried + 1";
        self.change(sql, &[&(self.me & 15)]).map(|_| ())
    }
}
