//! What a writer must know before it decides, on the connection that writes.

use crate::cases::{Ahead, Answer, Asked, Failure, Glance, StreamId, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::file::instant;
use crate::sqlite::outbox::webhooks;
use crate::sqlite::people;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeSet;

impl Ahead for Sqlite {
    fn glance(&self, tenant: Tenant, asked: &Asked) -> Result<Glance, Failure> {
        self.ask_to_write(|connection| {
            let receivers = webhooks::all(connection, tenant)?;
            let mut seen = Glance { receivers, ..Glance::default() };
            for key in &asked.keys {
                let found = answer(connection, tenant, key)?;
                seen.answers.extend(found.map(|it| (key.clone(), it)));
            }
            let mut persons: BTreeSet<String> = asked.people.iter().cloned().collect();
            for stream in &asked.sealing {
                persons.extend(person(connection, tenant, *stream)?);
                seen.slots.insert(*stream, slots(connection, tenant, *stream)?);
            }
            for person in persons {
                let key = people::key(connection, tenant, &person)?;
                seen.people.insert(person, key);
            }
            Ok(seen)
        })
    }
}

/// What was answered under a key.
pub(super) fn answer(
    connection: &Connection,
    tenant: Tenant,
    key: &str,
) -> Result<Option<Answer>, Failure> {
    let sql = "SELECT idempotency, request, status, body, expires FROM answer \
               WHERE tenant = ?1 AND idempotency = ?2";
    Ok(connection
        .prepare_cached(sql)?
        .query_row(params![tenant, key], |row| {
            Ok(Answer {
                key: row.get(0)?,
                request: row.get(1)?,
                status: row.get(2)?,
                body: row.get(3)?,
                expires: instant(row, 4)?,
            })
        })
        .optional()?)
}

/// Under whose key the values of a case are sealed; nothing where there is no such case.
fn person(
    connection: &Connection,
    tenant: Tenant,
    stream: StreamId,
) -> Result<Option<String>, Failure> {
    let sql = "SELECT complainant FROM stream WHERE tenant = ?1 AND stream = ?2";
    let mut select = connection.prepare_cached(sql)?;
    let found: Option<Option<String>> =
        select.query_row(params![tenant, stream], |row| row.get(0)).optional()?;
    Ok(found.map(|it| it.unwrap_or_else(|| stream.to_string())))
}

/// The references of the personal values of a stream.
fn slots(
    connection: &Connection,
    tenant: Tenant,
    stream: StreamId,
) -> Result<BTreeSet<String>, Failure> {
    let sql = "SELECT slot FROM sealed WHERE tenant = ?1 AND stream = ?2";
    let mut select = connection.prepare_cached(sql)?;
    let found = select.query_map(params![tenant, stream], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
