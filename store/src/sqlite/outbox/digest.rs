//! Digests: what comes late, for one receiver and the same one who is told, goes out together.

use crate::cases::{Attempt, Failure, Room, Taken, Tenant, WebhookId};
use crate::sqlite::outbox::messages::{TAKEN, taken};
use crate::sqlite::outbox::queue::{self, Line};
use crate::sqlite::outbox::webhooks;
use engine::time::Instant;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// What may be in a digest and is in none.
const LATE: &str = "message INDEXED BY message_tells WHERE tenant = ?1 AND webhook = ?2 \
     AND tells IS NOT NULL AND attempts = 0 AND dead = 0 AND digest IS NULL AND not_before < ?3 \
     AND ready_at <= ?4";

/// What there is to take for a receiver.
enum Found {
    /// A digest that was made before.
    Made(i64),
    /// What tells this one comes late.
    Late(String),
}

/// Takes a digest until the end of a lease.
pub(super) fn take(
    transaction: &Transaction<'_>,
    now: Instant,
    until: Instant,
    room: &Room,
) -> Result<Vec<Taken>, Failure> {
    let Some((tenant, webhook, found)) = first(transaction, now, room)? else {
        return Ok(Vec::new());
    };
    let digest = match found {
        Found::Made(digest) => digest,
        Found::Late(tells) => {
            let whose = (tenant, webhook, tells.as_str());
            match make(transaction, whose, now, room)? {
                Some(digest) => digest,
                None => return Ok(Vec::new()),
            }
        }
    };
    let mut lease = transaction.prepare_cached(&format!(
        "UPDATE message SET ready_at = ?4 \
         WHERE tenant = ?1 AND webhook = ?2 AND digest = ?3 AND dead = 0 RETURNING {TAKEN}"
    ))?;
    let found = lease.query_map(params![tenant, webhook, digest, until.ms()], taken)?;
    let mut messages = found.collect::<Result<Vec<_>, _>>()?;
    messages.sort_by_key(|it| (it.message.stream, it.message.sequence));
    Ok(messages)
}

/// Whether there is a digest to take: most of the time there is none, and nothing is written.
pub(super) fn is_any(connection: &Connection, now: Instant, room: &Room) -> Result<bool, Failure> {
    Ok(first(connection, now, room)?.is_some())
}

fn first(
    connection: &Connection,
    now: Instant,
    room: &Room,
) -> Result<Option<(Tenant, WebhookId, Found)>, Failure> {
    let mut made = connection.prepare_cached(
        "SELECT ready_at, digest FROM message INDEXED BY message_digest \
         WHERE tenant = ?1 AND webhook = ?2 AND digest IS NOT NULL AND dead = 0 \
         ORDER BY ready_at, digest LIMIT 1",
    )?;
    let late_sql =
        format!("SELECT tells FROM {LATE} ORDER BY not_before, stream, sequence LIMIT 1");
    let mut first_late = connection.prepare_cached(&late_sql)?;
    for (tenant, webhook) in webhooks::active(connection)? {
        if room.full.contains(&(tenant, webhook)) {
            continue;
        }
        let waits: Option<(i64, i64)> = made
            .query_row(params![tenant, webhook], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let found = match waits {
            Some((ready_at, digest)) if ready_at <= now.ms() => Some(Found::Made(digest)),
            Some(_) => None,
            None => first_late
                .query_row(params![tenant, webhook, room.late.ms(), now.ms()], |row| row.get(0))
                .optional()?
                .map(Found::Late),
        };
        if let Some(found) = found {
            return Ok(Some((tenant, webhook, found)));
        }
    }
    Ok(None)
}

/// Makes a digest; its id.
fn make(
    transaction: &Transaction<'_>,
    (tenant, webhook, tells): (Tenant, WebhookId, &str),
    now: Instant,
    room: &Room,
) -> Result<Option<i64>, Failure> {
    let mut select = transaction.prepare_cached(&format!(
        "SELECT id, stream FROM {LATE} AND tells = ?5 ORDER BY not_before, stream, sequence \
         LIMIT ?6"
    ))?;
    let values = params![tenant, webhook, room.late.ms(), now.ms(), tells, room.limit];
    let found = select.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found = found.collect::<Result<Vec<(i64, _)>, _>>()?;
    let Some((digest, _)) = found.first().copied() else { return Ok(None) };
    let mut put =
        transaction.prepare_cached("UPDATE message SET digest = ?2, next = 0 WHERE id = ?1")?;
    for (id, _) in &found {
        put.execute([*id, digest])?;
    }
    let streams: BTreeSet<_> = found.into_iter().map(|(_, stream)| stream).collect();
    for stream in streams {
        queue::mark_next(transaction, Line { tenant, webhook, stream })?;
    }
    Ok(Some(digest))
}

/// Says what became of a digest.
pub(super) fn tried(
    transaction: &Transaction<'_>,
    (tenant, webhook, digest): (Tenant, WebhookId, i64),
    now: Instant,
    attempt: &Attempt,
) -> Result<(), Failure> {
    const ALL: &str = "WHERE tenant = ?1 AND webhook = ?2 AND digest = ?3 AND dead = 0";
    const COUNTED: &str = "attempts = attempts + 1, first_tried = coalesce(first_tried, ?4)";
    match attempt {
        Attempt::Arrived => {
            let sql = format!("DELETE FROM message {ALL}");
            transaction.prepare_cached(&sql)?.execute(params![tenant, webhook, digest])?;
        }
        Attempt::Again(at, why) => {
            let sql = format!(
                "UPDATE message SET {COUNTED}, why = ?5, not_before = ?6, ready_at = ?6 {ALL}"
            );
            let values = params![tenant, webhook, digest, now.ms(), why, at.ms()];
            transaction.prepare_cached(&sql)?.execute(values)?;
        }
        Attempt::Dead(why) => {
            let sql = format!("UPDATE message SET {COUNTED}, why = ?5, dead = 1 {ALL}");
            let values = params![tenant, webhook, digest, now.ms(), why];
            transaction.prepare_cached(&sql)?.execute(values)?;
        }
    }
    Ok(())
}
