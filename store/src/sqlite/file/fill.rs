//! What a version of the tables takes from the decisions.

use crate::cases::{Failure, StreamId, Tenant};
use crate::keeper::{Loaded, respondent};
use crate::sqlite::protocols;
use rusqlite::{Connection, params};

/// Fills in whom cases are about that were opened before their rows said it.
///
/// # Errors
/// The file cannot be read or written.
pub(super) fn respondents(connection: &Connection) -> Result<(), Failure> {
    let mut kept = connection.prepare("SELECT tenant, number FROM protocol")?;
    let kept = kept.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (tenant, number) in kept.collect::<Result<Vec<(Tenant, i64)>, _>>()? {
        let text = protocols::text_of(connection, tenant, number)?;
        // An audit tells of a version that cannot be used.
        let Ok(loaded) = Loaded::read(&text, &[]) else { continue };
        let mut set = connection.prepare_cached(
            "UPDATE stream SET respondent = ?3 WHERE tenant = ?1 AND stream = ?2",
        )?;
        for (stream, respondent) in of_version(connection, (tenant, number), &loaded)? {
            set.execute(params![tenant, stream, respondent])?;
        }
    }
    Ok(())
}

/// The cases of a version whose rows say nobody, and whom their decisions say.
fn of_version(
    connection: &Connection,
    (tenant, number): (Tenant, i64),
    loaded: &Loaded,
) -> Result<Vec<(StreamId, String)>, Failure> {
    let mut opened = connection.prepare_cached(
        "SELECT s.stream, d.body FROM stream s \
         JOIN decision d ON d.tenant = s.tenant AND d.stream = s.stream AND d.version = 1 \
         WHERE s.tenant = ?1 AND s.protocol = ?2 AND s.kind = 0 AND s.respondent IS NULL",
    )?;
    let mut rows = opened.query(params![tenant, number])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(1)?;
        if let Some(person) = respondent(loaded, &body) {
            found.push((row.get(0)?, person));
        }
    }
    Ok(found)
}
