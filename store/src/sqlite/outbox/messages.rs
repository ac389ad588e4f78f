//! Messages: taking, what became of them, lists.

use crate::cases::{Attempt, Failure, Message, MessageState, Room, Taken, Tenant, WebhookId};
use crate::sqlite::file::{instant, some_instant};
use crate::sqlite::outbox::queue::{self, Line};
use crate::sqlite::outbox::{digest, webhooks};
use engine::time::Instant;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::BTreeSet;

pub(super) const TAKEN: &str = "tenant, webhook, stream, sequence, kind, body, not_before, tells, attempts, \
                     first_tried";

/// Takes messages until the end of a lease, those first that could be sent first.
pub(super) fn take(
    transaction: &Transaction<'_>,
    now: Instant,
    until: Instant,
    room: &Room,
) -> Result<Vec<Taken>, Failure> {
    let mut ready: Vec<(i64, i64)> = Vec::new();
    let each = room.limit.min(room.each);
    for (tenant, webhook) in webhooks::active(transaction)? {
        if room.full.contains(&(tenant, webhook)) {
            continue;
        }
        let mut select = transaction.prepare_cached(
            "SELECT ready_at, id FROM message INDEXED BY message_next \
             WHERE tenant = ?1 AND webhook = ?2 AND next = 1 AND ready_at <= ?3 \
             AND (tells IS NULL OR attempts > 0 OR not_before >= ?4) ORDER BY ready_at LIMIT ?5",
        )?;
        let values = params![tenant, webhook, now.ms(), room.late.ms(), each];
        let found = select.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        for one in found {
            ready.push(one?);
        }
    }
    ready.sort_unstable();
    ready.truncate(usize::try_from(room.limit).unwrap_or(usize::MAX));
    let mut lease = transaction.prepare_cached(&format!(
        "UPDATE message SET ready_at = ?2 WHERE id = ?1 RETURNING {TAKEN}"
    ))?;
    let mut messages = Vec::with_capacity(ready.len());
    for (_, id) in ready {
        messages.push(lease.query_row(params![id, until.ms()], taken)?);
    }
    Ok(messages)
}

/// Says what became of a message. One that is there no more was delivered by somebody else.
pub(super) fn tried(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    message: &Message,
    now: Instant,
    attempt: &Attempt,
) -> Result<(), Failure> {
    let found: Option<(i64, Option<i64>)> = transaction
        .prepare_cached(
            "SELECT id, digest FROM message \
             WHERE tenant = ?1 AND webhook = ?2 AND stream = ?3 AND sequence = ?4 AND dead = 0",
        )?
        .query_row(params![tenant, message.webhook, message.stream, message.sequence], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let id = match found {
        None => return Ok(()),
        Some((_, Some(digest))) => {
            return digest::tried(transaction, (tenant, message.webhook, digest), now, attempt);
        }
        Some((id, None)) => id,
    };
    match attempt {
        Attempt::Arrived => {
            transaction.prepare_cached("DELETE FROM message WHERE id = ?1")?.execute([id])?;
        }
        Attempt::Again(at, why) => {
            let sql = "UPDATE message SET attempts = attempts + 1, why = ?4, not_before = ?3, \
                         ready_at = ?3, first_tried = coalesce(first_tried, ?2) WHERE id = ?1";
            let values = params![id, now.ms(), at.ms(), why];
            transaction.prepare_cached(sql)?.execute(values)?;
        }
        Attempt::Dead(why) => {
            let sql = "UPDATE message SET attempts = attempts + 1, why = ?3, dead = 1, next = 0, \
                         first_tried = coalesce(first_tried, ?2) WHERE id = ?1";
            transaction.prepare_cached(sql)?.execute(params![id, now.ms(), why])?;
        }
    }
    queue::mark_next(transaction, Line::of(tenant, message))
}

pub(super) fn list(
    connection: &Connection,
    tenant: Tenant,
    state: MessageState,
    limit: u32,
) -> Result<Vec<Taken>, Failure> {
    let dead = match state {
        MessageState::Waiting => "dead = 0",
        MessageState::Dead => "dead = 1",
    };
    let mut select = connection.prepare_cached(&format!(
        "SELECT {TAKEN} FROM message WHERE tenant = ?1 AND {dead} \
         ORDER BY webhook, stream, sequence LIMIT ?2"
    ))?;
    let found = select.query_map(params![tenant, limit], taken)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Lets the dead letters of a receiver wait again, as if they had not been tried.
pub(super) fn resend(
    transaction: &Transaction<'_>,
    tenant: Tenant,
    webhook: WebhookId,
    now: Instant,
) -> Result<u64, Failure> {
    let mut update = transaction.prepare_cached(
        "UPDATE message SET dead = 0, attempts = 0, first_tried = NULL, not_before = ?3, \
           ready_at = ?3 \
         WHERE tenant = ?1 AND webhook = ?2 AND dead = 1 RETURNING stream",
    )?;
    let found = update.query_map(params![tenant, webhook, now.ms()], |row| row.get(0))?;
    let streams = found.collect::<Result<Vec<_>, _>>()?;
    for stream in streams.iter().copied().collect::<BTreeSet<_>>() {
        queue::mark_next(transaction, Line { tenant, webhook, stream })?;
    }
    Ok(streams.len() as u64)
}

pub(super) fn taken(row: &Row<'_>) -> rusqlite::Result<Taken> {
    Ok(Taken {
        tenant: row.get(0)?,
        message: Message {
            webhook: row.get(1)?,
            stream: row.get(2)?,
            sequence: row.get(3)?,
            kind: row.get(4)?,
            body: row.get(5)?,
            not_before: instant(row, 6)?,
            tells: row.get(7)?,
        },
        attempts: row.get(8)?,
        first_tried: some_instant(row, 9)?,
    })
}
