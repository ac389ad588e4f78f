//! Reading streams by what names them.

use crate::cases::{Decided, Failure, Kept, Standing, StreamId, Tenant, Timer};
use crate::sqlite::Sqlite;
use crate::sqlite::file::{instant, unsigned};
use crate::sqlite::streams::row;
use engine::time::Instant;
use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql, params};
use std::sync::LazyLock;

pub(super) const DECIDED: &str = "stream, version, writer, sequence, place, body, hash";

pub(super) static BY_ID: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {} FROM stream AS s WHERE s.tenant = ?1 AND s.stream = ?2", row::STANDING)
});

pub(super) static BY_TICKET: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {} FROM stream AS s WHERE s.tenant = ?1 AND s.ticket = ?2", row::STANDING)
});

pub(super) const DECISIONS: &str = "SELECT stream, version, writer, sequence, place, body, hash FROM decision \
    WHERE tenant = ?1 AND stream = ?2 ORDER BY version";

pub(super) const OF_PERSON: &str = "SELECT stream FROM stream INDEXED BY stream_person \
    WHERE tenant = ?1 AND complainant = ?2 AND family = ?3 AND kind = 0";

pub(super) const FAMILY: &str = "SELECT family FROM protocol WHERE tenant = ?1 AND id = ?2 LIMIT 1";

pub(super) const STOPS_ON: &str = "SELECT stream FROM stream INDEXED BY stream_on \
    WHERE tenant = ?1 AND on_case = ?2 ORDER BY stream";

pub(super) const STREAMS: &str =
    "SELECT stream FROM stream WHERE tenant = ?1 AND stream > ?2 ORDER BY stream LIMIT ?3";

pub(super) const TIMERS: &str = "SELECT acts_at, tenant, stream \
    FROM stream INDEXED BY stream_acts \
    WHERE acts_at <= ?1 ORDER BY acts_at, tenant, stream LIMIT ?2";

pub(super) const FIRST_TIMER: &str = "SELECT acts_at FROM stream INDEXED BY stream_acts \
    WHERE acts_at IS NOT NULL ORDER BY acts_at LIMIT 1";

pub(super) fn standing(
    place: &Sqlite,
    connection: &Connection,
    tenant: Tenant,
    stream: StreamId,
) -> Result<Option<Standing>, Failure> {
    one(place, connection, &BY_ID, tenant, &stream)
}

pub(super) fn by_ticket(
    place: &Sqlite,
    connection: &Connection,
    tenant: Tenant,
    ticket: &str,
) -> Result<Option<Standing>, Failure> {
    one(place, connection, &BY_TICKET, tenant, &ticket)
}

fn one(
    place: &Sqlite,
    connection: &Connection,
    sql: &str,
    tenant: Tenant,
    name: &dyn ToSql,
) -> Result<Option<Standing>, Failure> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![tenant, name])?;
    let Some(found) = rows.next()? else { return Ok(None) };
    row::standing(place, connection, tenant, found).map(Some)
}

pub(super) fn load(
    place: &Sqlite,
    connection: &Connection,
    tenant: Tenant,
    stream: StreamId,
) -> Result<Option<Kept>, Failure> {
    let Some(standing) = standing(place, connection, tenant, stream)? else { return Ok(None) };
    let mut select = connection.prepare_cached(DECISIONS)?;
    let mut rows = select.query(params![tenant, stream])?;
    let mut kept = Kept { standing, decided: Vec::new() };
    while let Some(found) = rows.next()? {
        kept.decided.push(decided(found)?);
    }
    Ok(Some(kept))
}

/// A decision, from the columns [`DECIDED`].
pub(super) fn decided(row: &Row<'_>) -> Result<Decided, Failure> {
    Ok(Decided {
        stream: row.get(0)?,
        version: row.get(1)?,
        page: (row.get(2)?, unsigned(row.get(3)?)?),
        place: row.get(4)?,
        body: row.get(5)?,
        hash: row.get(6)?,
    })
}

pub(super) fn of_person(
    connection: &Connection,
    tenant: Tenant,
    protocol_id: &str,
    complainant: &str,
) -> Result<Vec<StreamId>, Failure> {
    let Some(family) = family(connection, tenant, protocol_id)? else { return Ok(Vec::new()) };
    let mut found = ids(connection, OF_PERSON, params![tenant, complainant, family])?;
    for case in found.clone() {
        found.append(&mut stops_on(connection, tenant, case)?);
    }
    found.sort_unstable();
    Ok(found)
}

/// What all versions of a protocol have in common; nothing where none is kept.
pub(super) fn family(
    connection: &Connection,
    tenant: Tenant,
    protocol_id: &str,
) -> Result<Option<i64>, Failure> {
    Ok(connection
        .prepare_cached(FAMILY)?
        .query_row(params![tenant, protocol_id], |row| row.get(0))
        .optional()?)
}

pub(super) fn stops_on(
    connection: &Connection,
    tenant: Tenant,
    case: StreamId,
) -> Result<Vec<StreamId>, Failure> {
    ids(connection, STOPS_ON, params![tenant, case])
}

pub(super) fn streams(
    connection: &Connection,
    tenant: Tenant,
    after: Option<StreamId>,
    limit: u32,
) -> Result<Vec<StreamId>, Failure> {
    // Every id is longer than no bytes at all, and comes after them.
    let after = after.map_or(Vec::new(), |after| after.0.to_vec());
    ids(connection, STREAMS, params![tenant, after, limit])
}

fn ids(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<StreamId>, Failure> {
    let mut select = connection.prepare_cached(sql)?;
    let found = select.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}

pub(super) fn timers(
    connection: &Connection,
    until: Instant,
    limit: u32,
) -> Result<Vec<Timer>, Failure> {
    let mut select = connection.prepare_cached(TIMERS)?;
    let found = select.query_map(params![until.ms(), limit], |row| {
        Ok(Timer { at: instant(row, 0)?, tenant: row.get(1)?, stream: row.get(2)? })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(super) fn first_timer(connection: &Connection) -> Result<Option<Instant>, Failure> {
    Ok(connection.prepare_cached(FIRST_TIMER)?.query_row([], |row| instant(row, 0)).optional()?)
}
