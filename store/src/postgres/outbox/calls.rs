//! The calls of `Outbox`.

use crate::cases::{
    Attempt, Failure, Message, MessageState, Outbox, Room, Taken, Tenant, Webhook, WebhookId,
};
use crate::postgres::link::connection::Asked;
use crate::postgres::outbox::{digest, take};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, instant, maybe_instant, narrow, stream, uuid};
use engine::time::Instant;
use std::time::Duration;
use tokio_postgres::Row;

/// The columns of a message, from a table called `o`, in the order of [`taken`].
pub(in crate::postgres) const MESSAGE: &str = "o.tenant, o.webhook, o.stream, o.sequence, o.kind, o.body, \
     o.not_before, o.tells, o.attempts, o.first_tried";

const WAITING: &str = "SELECT count(*) FROM message WHERE NOT dead";

/// The one message that is meant.
const THIS: &str = "tenant = $1 AND webhook = $2 AND stream = $3 AND sequence = $4";

/// The receivers of a tenant.
pub(in crate::postgres) const WEBHOOKS: &str = "SELECT webhook, tenant, url, secret, kinds, active \
    FROM webhook WHERE tenant = $1 ORDER BY webhook";

impl Outbox for Postgres {
    fn add_webhook(&self, webhook: &Webhook) -> Result<WebhookId, Failure> {
        let sql = "INSERT INTO webhook (tenant, webhook, url, secret, kinds, active) \
                   SELECT $1, coalesce(max(webhook), 0) + 1, $2, $3, $4, $5 FROM webhook \
                   WHERE tenant = $1 RETURNING webhook";
        let Webhook { id: _, tenant, url, secret, kinds, active } = webhook;
        self.take_number(sql, &[&tenant.0, url, secret, kinds, active]).map(WebhookId)
    }

    fn webhooks(&self, tenant: Tenant) -> Result<Vec<Webhook>, Failure> {
        self.ask(WEBHOOKS, &[&tenant.0])?.iter().map(webhook).collect()
    }

    fn set_active(&self, tenant: Tenant, id: WebhookId, active: bool) -> Result<bool, Failure> {
        let sql = "UPDATE webhook SET active = $3 WHERE tenant = $1 AND webhook = $2 RETURNING 1";
        Ok(!self.change(sql, &[&tenant.0, &id.0, &active])?.is_empty())
    }

    fn take(&self, now: Instant, lease: Duration, room: &Room) -> Result<Vec<Taken>, Failure> {
        take::take(self, now, lease, room)
    }

    fn take_digest(
        &self,
        now: Instant,
        lease: Duration,
        room: &Room,
    ) -> Result<Vec<Taken>, Failure> {
        digest::take(self, now, lease, room)
    }

    fn tried(
        &self,
        tenant: Tenant,
        message: &Message,
        now: Instant,
        attempt: &Attempt,
    ) -> Result<(), Failure> {
        match digest::of(self, tenant, message)? {
            Some(digest) => digest::tried(self, (tenant, message.webhook), digest, now, attempt),
            None => tried(self, tenant, message, now, attempt),
        }
    }

    fn messages(
        &self,
        tenant: Tenant,
        state: MessageState,
        limit: u32,
    ) -> Result<Vec<Taken>, Failure> {
        let which = match state {
            MessageState::Waiting => "NOT o.dead",
            MessageState::Dead => "o.dead",
        };
        let sql = format!(
            "SELECT {MESSAGE} FROM message o WHERE o.tenant = $1 AND {which} \
             ORDER BY o.webhook, o.stream, o.sequence LIMIT $2"
        );
        self.ask(&sql, &[&tenant.0, &i64::from(limit)])?.iter().map(taken).collect()
    }

    fn resend(&self, tenant: Tenant, webhook: WebhookId, now: Instant) -> Result<u64, Failure> {
        let sql = "UPDATE message SET dead = false, attempts = 0, first_tried = NULL, \
                   not_before = $3, look_at = $3, failed_by = NULL \
                   WHERE tenant = $1 AND webhook = $2 AND dead RETURNING 1";
        Ok(self.change(sql, &[&tenant.0, &webhook.0, &now.ms()])?.len() as u64)
    }

    fn depth(&self) -> Result<u64, Failure> {
        self.ask(WAITING, &[])?.first().map_or(Ok(0), |row| narrow::<i64, _>(row, 0))
    }

    fn oldest_waiting(&self) -> Result<Option<Instant>, Failure> {
        let sql = "SELECT min(coalesce(first_tried, not_before)) FROM message WHERE NOT dead";
        self.ask(sql, &[])?.first().map_or(Ok(None), |row| maybe_instant(row, 0))
    }

    fn next_send(&self) -> Result<Option<Instant>, Failure> {
        take::next_send(self)
    }
}

/// Those that wait behind a message are not looked at before it may be sent again, and at once
/// when it is gone.
fn tried(
    place: &Postgres,
    tenant: Tenant,
    message: &Message,
    now: Instant,
    attempt: &Attempt,
) -> Result<(), Failure> {
    let (webhook, stream) = (message.webhook.0, uuid(message.stream));
    let (sequence, now_ms) = (i64::from(message.sequence), now.ms());
    let count = "attempts = attempts + 1, first_tried = coalesce(first_tried, $5)";
    let done = match attempt {
        Attempt::Arrived => format!("DELETE FROM message WHERE {THIS}"),
        Attempt::Again(..) => format!(
            "UPDATE message SET {count}, not_before = $6, look_at = $6, failed_by = $7 \
             WHERE {THIS} AND NOT dead"
        ),
        Attempt::Dead(_) => {
            format!("UPDATE message SET {count}, dead = true, failed_by = $6 WHERE {THIS}")
        }
    };
    // Said so that the primary key finds them and no index of what waits.
    let behind = "tenant = $1 AND webhook = $2 AND stream = $3 AND sequence > $4 \
                  AND coalesce(dead, true) = false AND digest_stream IS NULL";
    let free = format!("UPDATE message SET look_at = not_before WHERE {behind}");
    let hold = format!(
        "UPDATE message SET look_at = greatest(look_at, $5) WHERE {behind} AND look_at < $5 \
         AND EXISTS (SELECT 1 FROM message WHERE {THIS} AND NOT dead)"
    );
    let mut asked = Asked::new(&done, &[&tenant.0, &webhook, &stream, &sequence]);
    let mut others = Asked::new(&free, &[&tenant.0, &webhook, &stream, &sequence]);
    let again_ms;
    match attempt {
        Attempt::Arrived => {}
        Attempt::Again(at, why) => {
            again_ms = at.ms();
            asked.add(&[&now_ms, &again_ms, why]);
            others.sql = &hold;
            others.add(&[&again_ms]);
        }
        Attempt::Dead(why) => asked.add(&[&now_ms, why]),
    }
    let both = [asked, others];
    place.writers().with(|connection| connection.commit(&both)).map(|_| ())
}

/// The message in the columns [`MESSAGE`].
pub(in crate::postgres) fn taken(row: &Row) -> Result<Taken, Failure> {
    let message = Message {
        webhook: WebhookId(get(row, 1)?),
        stream: stream(row, 2)?,
        sequence: narrow::<i64, _>(row, 3)?,
        kind: get(row, 4)?,
        body: get(row, 5)?,
        not_before: instant(row, 6)?,
        tells: get(row, 7)?,
    };
    Ok(Taken {
        tenant: Tenant(get(row, 0)?),
        message,
        attempts: narrow::<i64, _>(row, 8)?,
        first_tried: maybe_instant(row, 9)?,
    })
}

pub(in crate::postgres) fn webhook(row: &Row) -> Result<Webhook, Failure> {
    Ok(Webhook {
        id: WebhookId(get(row, 0)?),
        tenant: Tenant(get(row, 1)?),
        url: get(row, 2)?,
        secret: get(row, 3)?,
        kinds: get(row, 4)?,
        active: get(row, 5)?,
    })
}
