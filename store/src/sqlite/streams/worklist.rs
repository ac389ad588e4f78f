//! What parties owe, the soonest due first.

use crate::cases::{Duty, Failure, StreamId, Tenant, Worklist};
use crate::sqlite::Sqlite;
use crate::sqlite::streams::read;
use engine::time::Instant;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeSet;

/// Where a worklist goes on: after this duty.
pub(super) type After = (Option<Instant>, StreamId, String, u16);

pub(super) fn worklist(
    place: &Sqlite,
    connection: &Connection,
    tenant: Tenant,
    parties: &[String],
    after: Option<&After>,
    limit: u32,
) -> Result<Worklist, Failure> {
    // One more than a page of each party: the page of all of them is among these.
    let mut found = Vec::new();
    for party in parties.iter().collect::<BTreeSet<_>>() {
        found.append(&mut of_party(connection, tenant, party, after, i64::from(limit) + 1)?);
    }
    found.sort_by(|(one, a), (other, b)| order(*one, a).cmp(&order(*other, b)));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut duties = Vec::with_capacity(found.len());
    for (stream, duty) in found {
        let standing = read::standing(place, connection, tenant, stream)?;
        let standing = standing
            .ok_or_else(|| Failure::Damaged(format!("a duty of {stream}, which is not kept")))?;
        duties.push((standing, duty));
    }
    Ok(Worklist { duties, more })
}

pub(super) const OF_PARTY: &str = "SELECT stream, deadline, occurrence, undue, due, missed FROM duty \
    WHERE tenant = ?1 AND party = ?2 \
      AND (undue, due, stream, deadline, occurrence) > (?3, ?4, ?5, ?6, ?7) \
    ORDER BY undue, due, stream, deadline, occurrence LIMIT ?8";

fn order(stream: StreamId, duty: &Duty) -> (bool, Option<Instant>, StreamId, &str, u16) {
    (duty.due.is_none(), duty.due, stream, &duty.deadline, duty.occurrence)
}

fn of_party(
    connection: &Connection,
    tenant: Tenant,
    party: &str,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<(StreamId, Duty)>, Failure> {
    let mut select = connection.prepare_cached(OF_PARTY)?;
    let duty = |row: &Row<'_>| {
        let due = if row.get(3)? { None } else { Some(Instant::from_ms(row.get(4)?)) };
        let party = party.to_owned();
        let (deadline, occurrence) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, Duty { deadline, occurrence, party, due, missed: row.get(5)? }))
    };
    let found = match after {
        None => select.query_map(params![tenant, party, -1, 0, b"", "", 0, limit], duty)?,
        Some((due, stream, deadline, occurrence)) => {
            let (undue, due) = (due.is_none(), due.map_or(0, |due| due.ms()));
            let values = params![tenant, party, undue, due, stream, deadline, occurrence, limit];
            select.query_map(values, duty)?
        }
    };
    Ok(found.collect::<Result<_, _>>()?)
}
