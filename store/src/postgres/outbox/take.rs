//! Messages are taken to be sent.

use crate::cases::{Failure, Room, Taken};
use crate::postgres::link::connection::Asked;
use crate::postgres::outbox::calls::{MESSAGE, taken};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, instant};
use engine::time::Instant;
use std::time::Duration;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// A message is first in its stream where no other waits before it; those in digests go their own
/// way. It is asked row by row, and so that nothing but the primary key can answer: where statistics
/// are behind, another plan reads all that waits for the receiver, for each row again.
pub(super) const IS_FIRST: &str = "(SELECT e.sequence FROM message e WHERE e.tenant = m.tenant \
     AND e.webhook = m.webhook AND e.stream = m.stream AND coalesce(e.dead, true) = false \
     AND e.digest_stream IS NULL ORDER BY e.sequence LIMIT 1) = m.sequence";

/// One message is taken, unless somebody else took it or is taking it. It is named by its key, so
/// that no plan can look for it otherwise.
fn take_one() -> String {
    format!(
        "UPDATE message o SET look_at = $6 WHERE o.tenant = $1 AND o.webhook = $2 \
         AND o.stream = $3 AND o.sequence = (SELECT m.sequence FROM message m \
         WHERE m.tenant = $1 AND m.webhook = $2 AND m.stream = $3 AND m.sequence = $4 \
         AND coalesce(m.dead, true) = false AND m.look_at <= $5 AND m.digest_stream IS NULL \
         FOR UPDATE SKIP LOCKED) RETURNING {MESSAGE}"
    )
}

/// Takes messages for a while. They are looked for without a lock, over all tenants; what is found
/// is then taken one by one in a transaction, but for what somebody else took or is taking.
///
/// # Errors
/// As `Outbox::take`.
pub(in crate::postgres) fn take(
    place: &Postgres,
    now: Instant,
    lease: Duration,
    room: &Room,
) -> Result<Vec<Taken>, Failure> {
    let find = format!(
        "SELECT m.tenant, m.webhook, m.stream, m.sequence FROM webhook w CROSS JOIN LATERAL \
         (SELECT * FROM message m WHERE m.tenant = w.tenant AND m.webhook = w.webhook \
         AND NOT m.dead AND m.digest_stream IS NULL AND m.look_at <= $1 AND {IS_FIRST} \
         AND (m.tells IS NULL OR m.attempts > 0 OR m.not_before >= $3) \
         ORDER BY m.look_at, m.stream, m.sequence LIMIT $2) m WHERE w.active \
         AND NOT EXISTS (SELECT 1 FROM unnest($4::int4[], $5::int4[]) AS f (tenant, webhook) \
         WHERE f.tenant = w.tenant AND f.webhook = w.webhook) \
         ORDER BY m.look_at, m.tenant, m.webhook, m.stream, m.sequence LIMIT $6"
    );
    let (each, limit) = (i64::from(room.limit.min(room.each)), i64::from(room.limit));
    let late_ms = room.late.ms();
    let full_tenants: Vec<i32> = room.full.iter().map(|(tenant, _)| tenant.0).collect();
    let full_webhooks: Vec<i32> = room.full.iter().map(|(_, webhook)| webhook.0).collect();
    let (now_ms, until_ms) = (now.ms(), after(now, lease).ms());
    let parameters: [&(dyn ToSql + Sync); 6] =
        [&now_ms, &each, &late_ms, &full_tenants, &full_webhooks, &limit];
    let rows = place.ask(&find, &parameters)?;
    let keys: Vec<Key> = rows.iter().map(key).collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let take = take_one();
    let asked: Vec<Asked<'_>> = keys
        .iter()
        .map(|(tenant, webhook, stream, sequence)| {
            let parameters: [&(dyn ToSql + Sync); 6] =
                [tenant, webhook, stream, sequence, &now_ms, &until_ms];
            Asked::new(&take, &parameters)
        })
        .collect();
    let rows = place.writers().with(|connection| connection.commit(&asked))?;
    let mut all: Vec<Taken> = rows.iter().flatten().map(taken).collect::<Result<_, _>>()?;
    all.sort_by_key(|it| {
        let message = &it.message;
        (message.not_before, it.tenant, message.webhook, message.stream, message.sequence)
    });
    Ok(all)
}

/// The tenant, receiver, stream and number of a message.
type Key = (i32, i32, Uuid, i64);

fn key(row: &Row) -> Result<Key, Failure> {
    Ok((get(row, 0)?, get(row, 1)?, get(row, 2)?, get(row, 3)?))
}

/// When the first message may be sent that is first in its stream, or in a digest.
///
/// # Errors
/// As `Outbox::next_send`.
pub(in crate::postgres) fn next_send(place: &Postgres) -> Result<Option<Instant>, Failure> {
    let sql = format!(
        "SELECT m.look_at FROM webhook w CROSS JOIN LATERAL (SELECT m.look_at FROM message m \
         WHERE m.tenant = w.tenant AND m.webhook = w.webhook AND NOT m.dead \
         AND m.digest_stream IS NULL AND {IS_FIRST} ORDER BY m.look_at LIMIT 1) m WHERE w.active \
         UNION ALL SELECT m.look_at FROM webhook w CROSS JOIN LATERAL (SELECT m.look_at \
         FROM message m WHERE m.tenant = w.tenant AND m.webhook = w.webhook AND NOT m.dead \
         AND m.digest_stream IS NOT NULL ORDER BY m.look_at LIMIT 1) m WHERE w.active"
    );
    let rows: Vec<Row> = place.ask(&sql, &[])?;
    let instants: Vec<Instant> =
        rows.iter().map(|row| instant(row, 0)).collect::<Result<_, _>>()?;
    Ok(instants.into_iter().min())
}

pub(super) fn after(now: Instant, lease: Duration) -> Instant {
    let lease_ms = i64::try_from(lease.as_millis()).unwrap_or(i64::MAX);
    now.plus_ms(lease_ms).unwrap_or(Instant::MAX)
}
