//! The calls of `Outbox`.

use crate::cases::{
    Attempt, Failure, Message, MessageState, Outbox, Room, Taken, Tenant, Webhook, WebhookId,
};
use crate::sqlite::Sqlite;
use crate::sqlite::file::unsigned;
use crate::sqlite::outbox::{digest, messages, webhooks};
use engine::time::Instant;
use rusqlite::params;
use std::time::Duration;

impl Outbox for Sqlite {
    fn add_webhook(&self, webhook: &Webhook) -> Result<WebhookId, Failure> {
        self.change(|transaction| webhooks::add(transaction, webhook))
    }

    fn webhooks(&self, tenant: Tenant) -> Result<Vec<Webhook>, Failure> {
        self.read(|connection| webhooks::all(connection, tenant))
    }

    fn set_active(&self, tenant: Tenant, id: WebhookId, active: bool) -> Result<bool, Failure> {
        self.change(|transaction| {
            let sql = "UPDATE webhook SET active = ?3 WHERE tenant = ?1 AND webhook = ?2";
            Ok(transaction.execute(sql, params![tenant, id, active])? == 1)
        })
    }

    fn take(&self, now: Instant, lease: Duration, room: &Room) -> Result<Vec<Taken>, Failure> {
        // Most of the time there is nothing to send: then nothing is written.
        if self.next_send()?.is_none_or(|next| next > now) {
            return Ok(Vec::new());
        }
        self.change(|transaction| messages::take(transaction, now, after(now, lease), room))
    }

    fn take_digest(
        &self,
        now: Instant,
        lease: Duration,
        room: &Room,
    ) -> Result<Vec<Taken>, Failure> {
        if !self.read(|connection| digest::is_any(connection, now, room))? {
            return Ok(Vec::new());
        }
        self.change(|transaction| digest::take(transaction, now, after(now, lease), room))
    }

    fn tried(
        &self,
        tenant: Tenant,
        message: &Message,
        now: Instant,
        attempt: &Attempt,
    ) -> Result<(), Failure> {
        self.change(|transaction| messages::tried(transaction, tenant, message, now, attempt))
    }

    fn messages(
        &self,
        tenant: Tenant,
        state: MessageState,
        limit: u32,
    ) -> Result<Vec<Taken>, Failure> {
        self.read(|connection| messages::list(connection, tenant, state, limit))
    }

    fn resend(&self, tenant: Tenant, webhook: WebhookId, now: Instant) -> Result<u64, Failure> {
        self.change(|transaction| messages::resend(transaction, tenant, webhook, now))
    }

    fn depth(&self) -> Result<u64, Failure> {
        self.read(|connection| {
            let sql = "SELECT (SELECT count(*) FROM message) \
                            - (SELECT count(*) FROM message INDEXED BY message_dead WHERE dead = 1)";
            unsigned(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        })
    }

    fn oldest_waiting(&self) -> Result<Option<Instant>, Failure> {
        self.read(|connection| {
            let sql = "SELECT min(since) FROM (SELECT coalesce(first_tried, not_before) AS since \
                       FROM message WHERE dead = 0 ORDER BY id LIMIT 1000)";
            let since: Option<i64> =
                connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(since.map(Instant::from_ms))
        })
    }

    fn next_send(&self) -> Result<Option<Instant>, Failure> {
        self.read(|connection| {
            let sql = "SELECT min((SELECT min(ready_at) FROM message INDEXED BY message_next \
                         WHERE tenant = w.tenant AND webhook = w.webhook AND next = 1)), \
                       min((SELECT min(ready_at) FROM message INDEXED BY message_digest \
                         WHERE tenant = w.tenant AND webhook = w.webhook \
                         AND digest IS NOT NULL AND dead = 0)) \
                       FROM webhook AS w WHERE w.active = 1";
            let first: [Option<i64>; 2] = connection
                .prepare_cached(sql)?
                .query_row([], |row| Ok([row.get(0)?, row.get(1)?]))?;
            Ok(first.into_iter().flatten().min().map(Instant::from_ms))
        })
    }
}

fn after(now: Instant, lease: Duration) -> Instant {
    let lease_ms = i64::try_from(lease.as_millis()).unwrap_or(i64::MAX);
    now.plus_ms(lease_ms).unwrap_or(Instant::MAX)
}
