//! Streams on which time acts.
//!
//! Of several nodes only one needs to work on a timer. Whoever asks for timers takes them for a
//! while; the others get other ones. Correctness does not need this: of two nodes that work on the
//! same stream, only one can write.

use crate::cases::{Failure, StreamId, Tenant, Timer};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{get, instant, stream};
use engine::time::Instant;
use tokio_postgres::Row;

/// The timers up to an instant that no other node is working on, the earliest first.
///
/// # Errors
/// As `Cases::timers`.
pub(in crate::postgres) fn timers(
    place: &Postgres,
    until: Instant,
    limit: u32,
) -> Result<Vec<Timer>, Failure> {
    // Ten seconds: longer than a batch takes, and what a node that dies leaves is late by no more.
    let sql = "UPDATE timer o SET taken_by = $2, taken_until = now() + interval '10 seconds' \
               FROM (SELECT tenant, stream FROM timer WHERE acts_at <= $1 \
               AND (taken_until IS NULL OR taken_until <= now() OR taken_by = $2) \
               ORDER BY acts_at, tenant, stream LIMIT $3 FOR UPDATE SKIP LOCKED) n \
               WHERE o.tenant = n.tenant AND o.stream = n.stream \
               RETURNING o.acts_at, o.tenant, o.stream";
    let none_is_due = "SELECT 1 FROM timer WHERE acts_at <= $1 LIMIT 1";
    if place.ask(none_is_due, &[&until.ms()])?.is_empty() {
        return Ok(Vec::new());
    }
    let rows = place.change(sql, &[&until.ms(), &place.me, &i64::from(limit)])?;
    let mut timers: Vec<Timer> = rows.iter().map(timer).collect::<Result<_, _>>()?;
    timers.sort();
    Ok(timers)
}

/// When there is something to do first: the first timer that no other node is working on, or when
/// the other node has had long enough for the one that comes first.
///
/// # Errors
/// As `Cases::first_timer`.
pub(in crate::postgres) fn first_timer(place: &Postgres) -> Result<Option<Instant>, Failure> {
    let sql = "(SELECT acts_at FROM timer \
               WHERE taken_until IS NULL OR taken_until <= now() OR taken_by = $1 \
               ORDER BY acts_at LIMIT 1) UNION ALL \
               (SELECT CASE WHEN taken_until > now() AND taken_by <> $1 \
               THEN greatest(acts_at, CAST(extract(epoch FROM taken_until) * 1000 AS int8)) \
               ELSE acts_at END FROM timer ORDER BY timer.acts_at LIMIT 1)";
    let rows = place.ask(sql, &[&place.me])?;
    let instants: Vec<Instant> =
        rows.iter().map(|row| instant(row, 0)).collect::<Result<_, _>>()?;
    Ok(instants.into_iter().min())
}

fn timer(row: &Row) -> Result<Timer, Failure> {
    let stream: StreamId = stream(row, 2)?;
    Ok(Timer { at: instant(row, 0)?, tenant: Tenant(get(row, 1)?), stream })
}
