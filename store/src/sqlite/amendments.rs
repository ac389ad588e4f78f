//! Amendments of calendars.

use crate::cases::{Amendments, Failure, KeptAmendment, Reached, StreamId, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::file::flag;
use rusqlite::{Row, params};

impl Amendments for Sqlite {
    fn add_amendment(&self, tenant: Tenant, amendment: &KeptAmendment) -> Result<(), Failure> {
        let KeptAmendment { number, body, hash, reached } = amendment;
        let (reached, is_done) = columns(*reached);
        self.change(|transaction| {
            let next: u32 = transaction.query_row(
                "SELECT coalesce(max(number), 0) + 1 FROM amendment WHERE tenant = ?1",
                [tenant],
                |row| row.get(0),
            )?;
            if next != *number {
                return Err(Failure::Overtaken);
            }
            transaction.execute(
                "INSERT INTO amendment (tenant, number, body, hash, reached, done) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![tenant, number, body, hash, reached, is_done],
            )?;
            Ok(())
        })
    }

    fn amendments(&self, tenant: Tenant) -> Result<Vec<KeptAmendment>, Failure> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT number, body, hash, reached, done FROM amendment \
                 WHERE tenant = ?1 ORDER BY number",
            )?;
            Ok(select.query_map([tenant], amendment)?.collect::<Result<_, _>>()?)
        })
    }

    fn set_reached(&self, tenant: Tenant, number: u32, reached: Reached) -> Result<(), Failure> {
        let (reached, is_done) = columns(reached);
        // Losing it is harmless: some streams are looked at once more.
        self.change_unflushed(|transaction| {
            transaction.execute(
                "UPDATE amendment SET reached = ?3, done = ?4 WHERE tenant = ?1 AND number = ?2",
                params![tenant, number, reached, is_done],
            )?;
            Ok(())
        })
    }

    fn open_streams(
        &self,
        tenant: Tenant,
        after: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<StreamId>, Failure> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT stream FROM stream WHERE tenant = ?1 AND (?2 IS NULL OR stream > ?2) \
                 AND closed = 0 ORDER BY stream LIMIT ?3",
            )?;
            let found = select.query_map(params![tenant, after, limit], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

const fn columns(reached: Reached) -> (Option<StreamId>, bool) {
    match reached {
        Reached::UpTo(stream) => (stream, false),
        Reached::All => (None, true),
    }
}

fn amendment(row: &Row<'_>) -> rusqlite::Result<KeptAmendment> {
    let reached = match flag(row, 4)? {
        true => Reached::All,
        false => Reached::UpTo(row.get(3)?),
    };
    Ok(KeptAmendment { number: row.get(0)?, body: row.get(1)?, hash: row.get(2)?, reached })
}
