//! The order in which messages are sent: of each receiver and stream, one after the other.
//!
//! The first one that waits is marked, so that whoever sends reads marked ones only, however many
//! stand behind them.

use crate::cases::{Change, Failure, Message, StreamId, Tenant, WebhookId};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

/// The messages of one receiver and stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) tenant: Tenant,
    pub(super) webhook: WebhookId,
    pub(super) stream: StreamId,
}

impl Line {
    pub(super) fn of(tenant: Tenant, message: &Message) -> Self {
        Self { tenant, webhook: message.webhook, stream: message.stream }
    }
}

/// Adds the messages of some changes.
pub(in crate::sqlite) fn add(
    transaction: &Transaction<'_>,
    changes: &[Change],
) -> Result<(), Failure> {
    let mut lines: BTreeMap<Line, Vec<&Message>> = BTreeMap::new();
    for change in changes {
        for message in &change.messages {
            lines.entry(Line::of(change.tenant, message)).or_default().push(message);
        }
    }
    for (line, messages) in lines {
        for message in messages {
            insert(transaction, line.tenant, message)?;
        }
        mark_next(transaction, line)?;
    }
    Ok(())
}

fn insert(transaction: &Transaction<'_>, tenant: Tenant, message: &Message) -> Result<(), Failure> {
    let sql = "INSERT INTO message (tenant, webhook, stream, sequence, kind, body, not_before, \
                 tells, attempts, dead, next, ready_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, ?7)";
    transaction.prepare_cached(sql)?.execute(params![
        tenant,
        message.webhook,
        message.stream,
        message.sequence,
        message.kind,
        message.body,
        message.not_before.ms(),
        message.tells,
    ])?;
    Ok(())
}

/// Marks the first message of a line that waits and is in no digest, and no other.
pub(super) fn mark_next(transaction: &Transaction<'_>, line: Line) -> Result<(), Failure> {
    let first: Option<(i64, bool)> = transaction
        .prepare_cached(
            "SELECT id, next FROM message WHERE tenant = ?1 AND webhook = ?2 AND stream = ?3 \
             AND dead = 0 AND digest IS NULL ORDER BY sequence LIMIT 1",
        )?
        .query_row(params![line.tenant, line.webhook, line.stream], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    if let Some((_, true)) = first {
        return Ok(());
    }
    transaction
        .prepare_cached(
            "UPDATE message SET next = 0 \
             WHERE tenant = ?1 AND webhook = ?2 AND stream = ?3 AND next = 1",
        )?
        .execute(params![line.tenant, line.webhook, line.stream])?;
    if let Some((id, _)) = first {
        transaction.prepare_cached("UPDATE message SET next = 1 WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}
