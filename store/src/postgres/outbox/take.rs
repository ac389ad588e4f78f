//! Messages are taken to be sent.

use crate::cases::{Failure, Room, Taken};
use crate::postgres::link::connection::Asked;
use crate::postgres::outbox::calls::{MESSAGE, taken};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, instant};
use engine::time::Instant;
use std::collections::BTreeMap;
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

/// The keys of messages of one tenant.
#[derive(Default)]
struct Keys {
    webhook: Vec<i32>,
    stream: Vec<Uuid>,
    sequence: Vec<i64>,
}

/// Takes messages for a while. They are looked for without a lock, over all tenants; what is found
/// is then taken tenant by tenant, but for what somebody else took or is taking.
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
    let mut keys: BTreeMap<i32, Keys> = BTreeMap::new();
    let parameters: [&(dyn ToSql + Sync); 6] =
        [&now_ms, &each, &late_ms, &full_tenants, &full_webhooks, &limit];
    for row in place.ask(&find, &parameters)? {
        let of_tenant = keys.entry(get(&row, 0)?).or_default();
        of_tenant.webhook.push(get(&row, 1)?);
        of_tenant.stream.push(get(&row, 2)?);
        of_tenant.sequence.push(get(&row, 3)?);
    }
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let take = format!(
        "UPDATE message o SET look_at = $6 FROM (SELECT m.webhook, m.stream, m.sequence \
         FROM message m JOIN unnest($2::int4[], $3::uuid[], $4::int8[]) \
         AS k (webhook, stream, sequence) ON m.webhook = k.webhook AND m.stream = k.stream \
         AND m.sequence = k.sequence WHERE m.tenant = $1 AND NOT m.dead AND m.look_at <= $5 \
         AND m.digest_stream IS NULL \
         FOR UPDATE OF m SKIP LOCKED) n WHERE o.tenant = $1 AND o.webhook = n.webhook \
         AND o.stream = n.stream AND o.sequence = n.sequence RETURNING {MESSAGE}"
    );
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for (tenant, Keys { webhook, stream, sequence }) in &keys {
        let parameters: [&(dyn ToSql + Sync); 6] =
            [tenant, webhook, stream, sequence, &now_ms, &until_ms];
        asked.push(Asked::new(&take, &parameters));
    }
    let rows = place.writers().with(|connection| connection.commit(&asked))?;
    let mut all: Vec<Taken> = rows.iter().flatten().map(taken).collect::<Result<_, _>>()?;
    all.sort_by_key(|it| {
        let message = &it.message;
        (message.not_before, it.tenant, message.webhook, message.stream, message.sequence)
    });
    Ok(all)
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
