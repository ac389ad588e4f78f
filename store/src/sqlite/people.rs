//! Personal values and their keys.

use crate::cases::{Erasure, Failure, Key, People, Sealed, StreamId, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::file::some_instant;
use engine::time::Instant;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

impl People for Sqlite {
    fn key(&self, tenant: Tenant, person: &str) -> Result<Option<Key>, Failure> {
        self.read_one(|connection| key(connection, tenant, person))
    }

    fn keep_key(&self, tenant: Tenant, kept: &Key) -> Result<Key, Failure> {
        // What is sealed with it is written after it, and its flush is enough.
        self.change_unflushed(|transaction| {
            let sql = "INSERT INTO person (tenant, person, wrapped, destroyed_at) \
                       VALUES (?1, ?2, ?3, ?4) ON CONFLICT (tenant, person) \
                       DO UPDATE SET wrapped = excluded.wrapped WHERE wrapped IS NULL";
            let destroyed_at = kept.destroyed_at.map(Instant::ms);
            transaction.prepare_cached(sql)?.execute(params![
                tenant,
                kept.person,
                kept.wrapped,
                destroyed_at
            ])?;
            let now = key(transaction, tenant, &kept.person)?;
            now.ok_or_else(|| Failure::Damaged("a key that was kept is not there".to_owned()))
        })
    }

    fn destroy_key(&self, tenant: Tenant, person: &str, at: Instant) -> Result<(), Failure> {
        self.change(|transaction| {
            transaction.execute(DESTROY, params![tenant, person, at.ms()])?;
            forget_values(transaction, tenant, person)
        })?;
        self.forget_log()
    }

    fn sealed(&self, tenant: Tenant, stream: StreamId) -> Result<Vec<Sealed>, Failure> {
        self.read_one(|connection| {
            let sql = "SELECT stream, slot, bytes FROM sealed \
                       WHERE tenant = ?1 AND stream = ?2 ORDER BY slot";
            let mut select = connection.prepare_cached(sql)?;
            let found = select.query_map(params![tenant, stream], |row| {
                Ok(Sealed { stream: row.get(0)?, slot: row.get(1)?, bytes: row.get(2)? })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    fn delete_sealed(
        &self,
        tenant: Tenant,
        stream: StreamId,
        slots: &[String],
    ) -> Result<u64, Failure> {
        let deleted = self.change(|transaction| {
            let mut delete = transaction.prepare_cached(
                "DELETE FROM sealed WHERE tenant = ?1 AND stream = ?2 AND slot = ?3",
            )?;
            let mut deleted = 0;
            for slot in slots {
                deleted += delete.execute(params![tenant, stream, slot])? as u64;
            }
            Ok(deleted)
        })?;
        self.forget_log()?;
        Ok(deleted)
    }

    fn erase(&self, tenant: Tenant, erasure: &Erasure) -> Result<u64, Failure> {
        let Erasure { person, streams, values, keys, at } = erasure;
        let erased = self.change(|transaction| {
            let mut stands = transaction.prepare_cached(
                "SELECT complainant IS ?4 FROM stream \
                 WHERE tenant = ?1 AND stream = ?2 AND version = ?3",
            )?;
            let mut n_named: i64 = 0;
            for (stream, version) in streams {
                let key = params![tenant, stream, version, person];
                let named: Option<bool> = stands.query_row(key, |row| row.get(0)).optional()?;
                let named = named.ok_or(Failure::Overtaken)?;
                n_named += i64::from(named);
            }
            if let Some(person) = person {
                let sql = "SELECT count(*) FROM stream WHERE tenant = ?1 AND complainant = ?2";
                let all: i64 =
                    transaction.query_row(sql, params![tenant, person], |row| row.get(0))?;
                if all != n_named {
                    return Err(Failure::Overtaken);
                }
            }
            let mut delete = transaction.prepare_cached(
                "DELETE FROM sealed WHERE tenant = ?1 AND stream = ?2 AND slot = ?3",
            )?;
            let mut erased = 0;
            for (stream, slot) in values {
                erased += delete.execute(params![tenant, stream, slot])? as u64;
            }
            for key in keys {
                transaction.execute(DESTROY, params![tenant, key, at.ms()])?;
            }
            Ok(erased)
        })?;
        self.empty_log()?;
        Ok(erased)
    }
}

/// A key that is gone already went when it went.
const DESTROY: &str = "UPDATE person SET wrapped = NULL, destroyed_at = ?3 \
    WHERE tenant = ?1 AND person = ?2 AND wrapped IS NOT NULL";

pub(super) fn key(
    connection: &Connection,
    tenant: Tenant,
    person: &str,
) -> Result<Option<Key>, Failure> {
    let sql = "SELECT person, wrapped, destroyed_at FROM person WHERE tenant = ?1 AND person = ?2";
    Ok(connection
        .prepare_cached(sql)?
        .query_row(params![tenant, person], |row| {
            Ok(Key {
                person: row.get(0)?,
                wrapped: row.get(1)?,
                destroyed_at: some_instant(row, 2)?,
            })
        })
        .optional()?)
}

/// Deletes the values of a person: on the streams that name the person, or, where the person is
/// the id of a case that names none, on that case and its stops.
fn forget_values(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    person: &str,
) -> Result<(), Failure> {
    transaction.execute(
        "DELETE FROM sealed WHERE tenant = ?1 AND stream IN \
         (SELECT stream FROM stream WHERE tenant = ?1 AND complainant = ?2)",
        params![tenant, person],
    )?;
    let Ok(case) = uuid::Uuid::try_parse(person) else { return Ok(()) };
    let case = StreamId(*case.as_bytes());
    if case.to_string() == person {
        transaction.execute(
            "DELETE FROM sealed WHERE tenant = ?1 AND stream IN (\
               SELECT stream FROM stream \
                 WHERE tenant = ?1 AND stream = ?2 AND complainant IS NULL UNION ALL \
               SELECT stream FROM stream \
                 WHERE tenant = ?1 AND on_case = ?2 AND complainant IS NULL)",
            params![tenant, case],
        )?;
    }
    Ok(())
}
