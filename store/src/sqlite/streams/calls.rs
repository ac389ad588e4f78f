//! The calls of `Cases`.

use crate::cases::{
    Answer, Batch, Cases, Failure, Feed, FeedCursor, Find, Kept, Listed, Page, Standing, StreamId,
    Tenant, Timer, Worklist, Writer,
};
use crate::sqlite::Sqlite;
use crate::sqlite::file::{instant, unsigned};
use crate::sqlite::streams::worklist::After;
use crate::sqlite::streams::{feed, glance, list, read, worklist, write};
use engine::time::Instant;
use rusqlite::{Params, params};

/// Answers that are forgotten in one transaction, so that no report waits long for it.
const FORGET_MAX: usize = 1_000;

impl Cases for Sqlite {
    fn write(&self, batch: &Batch) -> Result<(), Failure> {
        write::write(self, batch)
    }

    fn load(&self, tenant: Tenant, streams: &[StreamId]) -> Result<Vec<Option<Kept>>, Failure> {
        self.read(|connection| {
            streams.iter().map(|stream| read::load(self, connection, tenant, *stream)).collect()
        })
    }

    fn standing(&self, tenant: Tenant, stream: StreamId) -> Result<Option<Standing>, Failure> {
        self.read(|connection| read::standing(self, connection, tenant, stream))
    }

    fn by_ticket(&self, tenant: Tenant, ticket: &str) -> Result<Option<Standing>, Failure> {
        self.read(|connection| read::by_ticket(self, connection, tenant, ticket))
    }

    fn of_person(
        &self,
        tenant: Tenant,
        protocol_id: &str,
        complainant: &str,
    ) -> Result<Vec<StreamId>, Failure> {
        self.read(|connection| read::of_person(connection, tenant, protocol_id, complainant))
    }

    fn stops_on(&self, tenant: Tenant, case: StreamId) -> Result<Vec<StreamId>, Failure> {
        self.read(|connection| read::stops_on(connection, tenant, case))
    }

    fn list(&self, tenant: Tenant, find: &Find) -> Result<Listed, Failure> {
        self.read(|connection| list::list(self, connection, tenant, find))
    }

    fn worklist(
        &self,
        tenant: Tenant,
        parties: &[String],
        after: Option<After>,
        limit: u32,
    ) -> Result<Worklist, Failure> {
        self.read(|connection| {
            worklist::worklist(self, connection, tenant, parties, after.as_ref(), limit)
        })
    }

    fn timers(&self, until: Instant, limit: u32) -> Result<Vec<Timer>, Failure> {
        self.read(|connection| read::timers(connection, until, limit))
    }

    fn first_timer(&self) -> Result<Option<Instant>, Failure> {
        self.read(read::first_timer)
    }

    fn take_numbers(&self, tenant: Tenant, counter: &str, n: u32) -> Result<u32, Failure> {
        // A ticket is written after its number, so that its flush is enough.
        self.change_unflushed(|transaction| {
            let sql = "INSERT INTO counter (tenant, name, last) VALUES (?1, ?2, ?3) \
                       ON CONFLICT (tenant, name) DO UPDATE SET last = last + ?3 RETURNING last";
            let mut insert = transaction.prepare_cached(sql)?;
            let last: i64 = insert.query_row(params![tenant, counter, n], |row| row.get(0))?;
            let first = last.saturating_sub(i64::from(n)).saturating_add(1);
            u32::try_from(first)
                .map_err(|_| Failure::Unavailable(format!("`{counter}` has no numbers left")))
        })
    }

    fn answer(&self, tenant: Tenant, key: &str) -> Result<Option<Answer>, Failure> {
        self.read(|connection| glance::answer(connection, tenant, key))
    }

    fn forget_answers(&self, now: Instant) -> Result<u64, Failure> {
        let mut forgotten = 0;
        loop {
            let some = self.change(|transaction| {
                let sql = "DELETE FROM answer WHERE id IN \
                           (SELECT id FROM answer WHERE expires <= ?1 LIMIT ?2)";
                let limit = FORGET_MAX as i64;
                Ok(transaction.prepare_cached(sql)?.execute(params![now.ms(), limit])?)
            })?;
            forgotten += some as u64;
            if some < FORGET_MAX {
                return Ok(forgotten);
            }
        }
    }

    fn feed(&self, tenant: Tenant, after: &FeedCursor, limit: u32) -> Result<Feed, Failure> {
        self.read(|connection| feed::feed(connection, tenant, after, limit))
    }

    fn pages(&self, tenant: Tenant) -> Result<Vec<Page>, Failure> {
        self.pages_by("WHERE tenant = ?1 ORDER BY writer, sequence", params![tenant])
    }

    fn last_page(&self, tenant: Tenant, writer: Writer) -> Result<Option<Page>, Failure> {
        let sql = "WHERE tenant = ?1 AND writer = ?2 ORDER BY sequence DESC LIMIT 1";
        Ok(self.pages_by(sql, params![tenant, writer])?.pop())
    }

    fn streams(
        &self,
        tenant: Tenant,
        after: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<StreamId>, Failure> {
        self.read(|connection| read::streams(connection, tenant, after, limit))
    }
}

impl Sqlite {
    fn pages_by(&self, which: &str, values: impl Params) -> Result<Vec<Page>, Failure> {
        self.read(|connection| {
            let sql = format!("SELECT tenant, writer, sequence, at, hash FROM page {which}");
            let mut select = connection.prepare_cached(&sql)?;
            let mut rows = select.query(values)?;
            let mut pages = Vec::new();
            while let Some(row) = rows.next()? {
                pages.push(Page {
                    tenant: row.get(0)?,
                    writer: row.get(1)?,
                    sequence: unsigned(row.get(2)?)?,
                    at: instant(row, 3)?,
                    hash: row.get(4)?,
                });
            }
            Ok(pages)
        })
    }
}
