//! Digests: what comes late, for one receiver and the same one who is told, goes out together.

use crate::cases::{Attempt, Failure, Message, Room, Taken, Tenant, WebhookId};
use crate::postgres::link::connection::Asked;
use crate::postgres::outbox::calls::{MESSAGE, taken};
use crate::postgres::outbox::take::{IS_FIRST, after};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, uuid};
use engine::time::Instant;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// The first message of a digest, which tells it apart.
pub(super) type Digest = (Uuid, i64);

/// Whoever takes a digest holds its receiver meanwhile, so that no two divide what there is.
const HOLD: &str = "SELECT 1 FROM webhook WHERE tenant = $1 AND webhook = $2 FOR UPDATE";

/// A message `m` that may be in a digest and is in none, by the numbers of the parameters for when
/// something is late and for now. One that is not first in its stream cannot be taken, whenever it
/// is looked at again.
fn is_late(late: u8, now: u8) -> String {
    format!(
        "NOT m.dead AND m.digest_stream IS NULL AND m.attempts = 0 AND m.tells IS NOT NULL \
         AND m.not_before < ${late} AND (m.look_at <= ${now} OR NOT {IS_FIRST})"
    )
}

/// What there is for a receiver.
#[derive(Default)]
struct Found {
    /// A digest that waits, and when it may be sent.
    made: Option<(Digest, i64)>,
    /// The first message that comes late, and whom it tells.
    late: Option<(Digest, String)>,
}

/// Takes a digest for a while.
///
/// # Errors
/// As `Outbox::take_digest`.
pub(super) fn take(
    place: &Postgres,
    now: Instant,
    lease: Duration,
    room: &Room,
) -> Result<Vec<Taken>, Failure> {
    let until = after(now, lease);
    for ((tenant, webhook), found) in find(place, now, room)? {
        if room.full.contains(&(tenant, webhook)) {
            continue;
        }
        let taken = match found {
            Found { made: Some((digest, look_at)), .. } if look_at <= now.ms() => {
                again(place, (tenant, webhook), digest, now, until)?
            }
            Found { made: None, late: Some((first, tells)) } => {
                make(place, (tenant, webhook), (first, &tells), (now, until), room)?
            }
            Found { .. } => continue,
        };
        if !taken.is_empty() {
            return Ok(taken);
        }
    }
    Ok(Vec::new())
}

fn find(
    place: &Postgres,
    now: Instant,
    room: &Room,
) -> Result<BTreeMap<(Tenant, WebhookId), Found>, Failure> {
    let mut all: BTreeMap<(Tenant, WebhookId), Found> = BTreeMap::new();
    let made = "SELECT w.tenant, w.webhook, m.digest_stream, m.digest_sequence, m.look_at \
         FROM webhook w CROSS JOIN LATERAL (SELECT * FROM message m \
         WHERE m.tenant = w.tenant AND m.webhook = w.webhook AND NOT m.dead \
         AND m.digest_stream IS NOT NULL \
         ORDER BY m.look_at, m.digest_stream, m.digest_sequence LIMIT 1) m WHERE w.active";
    for row in place.ask(made, &[])? {
        let key = (Tenant(get(&row, 0)?), WebhookId(get(&row, 1)?));
        let digest = (get(&row, 2)?, get(&row, 3)?);
        all.entry(key).or_default().made = Some((digest, get(&row, 4)?));
    }
    let late = format!(
        "SELECT w.tenant, w.webhook, m.stream, m.sequence, m.tells \
         FROM webhook w CROSS JOIN LATERAL (SELECT * FROM message m \
         WHERE m.tenant = w.tenant AND m.webhook = w.webhook AND {} \
         ORDER BY m.not_before, m.stream, m.sequence LIMIT 1) m WHERE w.active",
        is_late(1, 2)
    );
    let (late_ms, now_ms) = (room.late.ms(), now.ms());
    for row in place.ask(&late, &[&late_ms, &now_ms])? {
        let key = (Tenant(get(&row, 0)?), WebhookId(get(&row, 1)?));
        let first = (get(&row, 2)?, get(&row, 3)?);
        all.entry(key).or_default().late = Some((first, get(&row, 4)?));
    }
    Ok(all)
}

/// Takes a digest that was made before.
fn again(
    place: &Postgres,
    (tenant, webhook): (Tenant, WebhookId),
    (stream, sequence): Digest,
    now: Instant,
    until: Instant,
) -> Result<Vec<Taken>, Failure> {
    let sql = format!(
        "UPDATE message o SET look_at = $6 WHERE o.tenant = $1 AND o.webhook = $2 \
         AND o.digest_stream = $3 AND o.digest_sequence = $4 AND NOT o.dead AND o.look_at <= $5 \
         RETURNING {MESSAGE}"
    );
    let (now_ms, until_ms) = (now.ms(), until.ms());
    held(place, (tenant, webhook), &sql, &[&stream, &sequence, &now_ms, &until_ms])
}

/// Makes a digest and takes it; nothing where somebody else made one first.
fn make(
    place: &Postgres,
    (tenant, webhook): (Tenant, WebhookId),
    ((stream, sequence), tells): (Digest, &str),
    (now, until): (Instant, Instant),
    room: &Room,
) -> Result<Vec<Taken>, Failure> {
    let sql = format!(
        "UPDATE message o SET digest_stream = $5, digest_sequence = $6, look_at = $7 \
         FROM (SELECT m.stream, m.sequence FROM message m \
         WHERE m.tenant = $1 AND m.webhook = $2 AND m.tells = $8 AND {} \
         AND NOT EXISTS (SELECT 1 FROM message d WHERE d.tenant = $1 AND d.webhook = $2 \
         AND NOT d.dead AND d.digest_stream IS NOT NULL) \
         AND EXISTS (SELECT 1 FROM message f WHERE f.tenant = $1 AND f.webhook = $2 \
         AND f.stream = $5 AND f.sequence = $6 AND NOT f.dead AND f.digest_stream IS NULL) \
         ORDER BY m.not_before, m.stream, m.sequence LIMIT $9) n \
         WHERE o.tenant = $1 AND o.webhook = $2 AND o.stream = n.stream \
         AND o.sequence = n.sequence RETURNING {MESSAGE}",
        is_late(3, 4)
    );
    let (late_ms, now_ms, until_ms) = (room.late.ms(), now.ms(), until.ms());
    let limit = i64::from(room.limit);
    let parameters: [&(dyn ToSql + Sync); 7] =
        [&late_ms, &now_ms, &stream, &sequence, &until_ms, &tells, &limit];
    held(place, (tenant, webhook), &sql, &parameters)
}

/// Does something while the receiver is held; the messages by stream and number.
fn held(
    place: &Postgres,
    (tenant, webhook): (Tenant, WebhookId),
    sql: &str,
    parameters: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Taken>, Failure> {
    let hold = Asked::new(HOLD, &[&tenant.0, &webhook.0]);
    let mut change = Asked::new(sql, &[&tenant.0, &webhook.0]);
    change.add(parameters);
    let both = [hold, change];
    let rows = place.writers().with(|connection| connection.commit(&both))?;
    let mut all: Vec<Taken> = rows.iter().skip(1).flatten().map(taken).collect::<Result<_, _>>()?;
    all.sort_by_key(|it| (it.message.stream, it.message.sequence));
    Ok(all)
}

/// The digest that a message is in. It stays in it.
pub(super) fn of(
    place: &Postgres,
    tenant: Tenant,
    message: &Message,
) -> Result<Option<Digest>, Failure> {
    let sql = "SELECT digest_stream, digest_sequence FROM message WHERE tenant = $1 \
               AND webhook = $2 AND stream = $3 AND sequence = $4 \
               AND digest_stream IS NOT NULL";
    let (stream, sequence) = (uuid(message.stream), i64::from(message.sequence));
    let rows = place.ask(sql, &[&tenant.0, &message.webhook.0, &stream, &sequence])?;
    rows.first().map(|row| Ok((get(row, 0)?, get(row, 1)?))).transpose()
}

/// Says what became of a digest.
pub(super) fn tried(
    place: &Postgres,
    (tenant, webhook): (Tenant, WebhookId),
    (stream, sequence): Digest,
    now: Instant,
    attempt: &Attempt,
) -> Result<(), Failure> {
    const ALL: &str = "WHERE tenant = $1 AND webhook = $2 AND digest_stream = $3 \
         AND digest_sequence = $4 AND NOT dead";
    const COUNT: &str = "attempts = attempts + 1, first_tried = coalesce(first_tried, $5), \
         failed_by = $6";
    let (now_ms, again_ms);
    let sql = match attempt {
        Attempt::Arrived => format!("DELETE FROM message {ALL}"),
        Attempt::Again(..) => {
            format!("UPDATE message SET {COUNT}, not_before = $7, look_at = $7 {ALL}")
        }
        Attempt::Dead(_) => format!("UPDATE message SET {COUNT}, dead = true {ALL}"),
    };
    let mut asked = Asked::new(&sql, &[&tenant.0, &webhook.0, &stream, &sequence]);
    match attempt {
        Attempt::Arrived => {}
        Attempt::Again(at, why) => {
            (now_ms, again_ms) = (now.ms(), at.ms());
            asked.add(&[&now_ms, why, &again_ms]);
        }
        Attempt::Dead(why) => {
            now_ms = now.ms();
            asked.add(&[&now_ms, why]);
        }
    }
    let all = [asked];
    place.writers().with(|connection| connection.commit(&all)).map(|_| ())
}
