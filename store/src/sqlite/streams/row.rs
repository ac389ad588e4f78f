//! A row of `stream`, both ways.

use crate::cases::{Failure, Standing, StreamKind, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::file::{flag, instant, some_instant};
use crate::sqlite::protocols::Number;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

/// The columns after the key, in the order of [`values`].
pub(super) const COLUMNS: [&str; 20] = [
    "kind",
    "on_case",
    "stop",
    "protocol",
    "family",
    "version",
    "hash",
    "ticket",
    "secret",
    "complainant",
    "respondent",
    "opened_at",
    "stage",
    "rung",
    "severity",
    "closed",
    "breached",
    "due_at",
    "acts_at",
    "owed",
];

/// Where the number of the latest decision and what is owed stand in [`COLUMNS`].
pub(super) const VERSION: usize = 5;
pub(super) const OWED: usize = 19;

/// What [`standing`] reads, from a table that is called `s`.
pub(super) const STANDING: &str = "s.stream, s.kind, s.on_case, s.stop, s.protocol, s.version, \
    s.hash, s.ticket, s.secret, s.complainant, s.respondent, s.opened_at, s.stage, s.rung, s.severity, \
    s.closed, s.breached, s.due_at, s.acts_at";

/// How many columns [`STANDING`] names.
pub(super) const STANDING_COLUMNS: usize = 19;

/// The number of a kind.
pub(super) const fn kind(kind: StreamKind) -> i64 {
    match kind {
        StreamKind::Case => 0,
        StreamKind::Stop => 1,
    }
}

/// The values of a row after its key.
pub(super) fn values<'a>(
    standing: &'a Standing,
    protocol: Number,
    owed: &'a [u8],
) -> [ValueRef<'a>; 20] {
    let ms = |at: Option<engine::time::Instant>| {
        at.map_or(ValueRef::Null, |at| ValueRef::Integer(at.ms()))
    };
    [
        ValueRef::Integer(kind(standing.kind)),
        standing.on.as_ref().map_or(ValueRef::Null, |on| ValueRef::Blob(&on.0)),
        some_text(standing.stop.as_ref()),
        ValueRef::Integer(protocol.number),
        ValueRef::Integer(protocol.family),
        ValueRef::Integer(i64::from(standing.version)),
        ValueRef::Blob(&standing.hash.0),
        some_text(standing.ticket.as_ref()),
        standing.secret.as_ref().map_or(ValueRef::Null, |secret| ValueRef::Blob(&secret.0)),
        some_text(standing.complainant.as_ref()),
        some_text(standing.respondent.as_ref()),
        ValueRef::Integer(standing.opened_at.ms()),
        ValueRef::Text(standing.stage.as_bytes()),
        some_text(standing.rung.as_ref()),
        some_text(standing.severity.as_ref()),
        ValueRef::Integer(i64::from(standing.closed)),
        ValueRef::Integer(i64::from(standing.breached)),
        ms(standing.due_at),
        ms(standing.acts_at),
        ValueRef::Blob(owed),
    ]
}

fn some_text(text: Option<&String>) -> ValueRef<'_> {
    text.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()))
}

/// How a stream stands, from the columns [`STANDING`].
pub(super) fn standing(
    place: &Sqlite,
    connection: &Connection,
    tenant: Tenant,
    row: &Row<'_>,
) -> Result<Standing, Failure> {
    let kind = match row.get(1)? {
        0 => StreamKind::Case,
        1 => StreamKind::Stop,
        other => return Err(Failure::Damaged(format!("no stream is of the kind {other}"))),
    };
    let (protocol, protocol_id) = place.known().named(connection, tenant, row.get(4)?)?;
    Ok(Standing {
        stream: row.get(0)?,
        kind,
        on: row.get(2)?,
        stop: row.get(3)?,
        protocol,
        protocol_id,
        version: row.get(5)?,
        hash: row.get(6)?,
        ticket: row.get(7)?,
        secret: row.get(8)?,
        complainant: row.get(9)?,
        respondent: row.get(10)?,
        opened_at: instant(row, 11)?,
        stage: row.get(12)?,
        rung: row.get(13)?,
        severity: row.get(14)?,
        closed: flag(row, 15)?,
        breached: flag(row, 16)?,
        due_at: some_instant(row, 17)?,
        acts_at: some_instant(row, 18)?,
    })
}
