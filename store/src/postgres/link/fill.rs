//! What a version of the tables takes from the decisions.

use crate::keeper::{Loaded, respondent};
use crate::postgres::link::connection::{Asked, Connection};
use crate::postgres::link::failure::Broken;
use crate::postgres::protocols::{VERSIONS, protocol};
use crate::postgres::streams::read::get;
use uuid::Uuid;

/// How many cases are read at once.
const CASES: i64 = 500;

const TENANTS: &str = "SELECT DISTINCT tenant FROM protocol ORDER BY tenant";
/// Cases of a version whose rows say nobody.
const OPENED: &str = "SELECT s.stream, d.body FROM standing s \
     JOIN decided d ON d.tenant = s.tenant AND d.stream = s.stream AND d.version = 1 \
     WHERE s.tenant = $1 AND s.protocol = $2 AND s.stream > $3 AND NOT s.is_stop \
     AND s.respondent IS NULL ORDER BY s.stream LIMIT $4";
const SET: &str = "UPDATE standing SET respondent = $3 WHERE tenant = $1 AND stream = $2";

/// Fills in whom cases are about that were opened before their rows said it.
///
/// # Errors
/// As every call.
pub(super) fn respondents(connection: &mut Connection) -> Result<(), Broken> {
    for row in asked(connection, Asked::new(TENANTS, &[]))? {
        let tenant: i32 = get(&row, 0).map_err(Broken::Failed)?;
        let sql = format!("{VERSIONS} WHERE tenant = $1");
        for row in asked(connection, Asked::new(&sql, &[&tenant]))? {
            let text = protocol(&row).map_err(Broken::Failed)?;
            // An audit tells of a version that cannot be used.
            let Ok(loaded) = Loaded::read(&text, &[]) else { continue };
            of_version(connection, tenant, &loaded)?;
        }
    }
    Ok(())
}

fn of_version(connection: &mut Connection, tenant: i32, loaded: &Loaded) -> Result<(), Broken> {
    let hash = loaded.hash.0.as_slice();
    let mut after = Uuid::nil();
    loop {
        let rows = asked(connection, Asked::new(OPENED, &[&tenant, &hash, &after, &CASES]))?;
        let mut found = Vec::new();
        for row in &rows {
            after = get(row, 0).map_err(Broken::Failed)?;
            let body: &[u8] = get(row, 1).map_err(Broken::Failed)?;
            found.extend(respondent(loaded, body).map(|it| (after, it)));
        }
        if rows.is_empty() {
            return Ok(());
        }
        for (stream, person) in &found {
            asked(connection, Asked::new(SET, &[&tenant, stream, person]))?;
        }
    }
}

fn asked(
    connection: &mut Connection,
    asked: Asked<'_>,
) -> Result<Vec<tokio_postgres::Row>, Broken> {
    let mut answers = connection.ask(&[asked])?;
    Ok(answers.pop().unwrap_or_default())
}
