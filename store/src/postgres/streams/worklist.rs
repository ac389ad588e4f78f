//! What somebody owes.

use crate::cases::{Duty, Failure, Standing, StreamId, Tenant, Worklist};
use crate::postgres::link::connection::Asked;
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{
    STANDING, STANDING_COLUMNS, due, due_columns, get, narrow, standing, uuid,
};
use engine::time::Instant;
use std::collections::BTreeSet;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// What these parties owe. Each party is a question of its own, because an index has the order
/// that is wanted only for one; all are asked at once.
///
/// # Errors
/// As `Cases::worklist`.
pub(in crate::postgres) fn worklist(
    place: &Postgres,
    tenant: Tenant,
    parties: &[String],
    after: Option<&(Option<Instant>, StreamId, String, u16)>,
    limit: u32,
) -> Result<Worklist, Failure> {
    let is_later = match after {
        Some(_) => "AND (undue, due_at, stream, deadline, occurrence) > ($3, $4, $5, $6, $7) ",
        None => {
            "AND $3::bool IS NULL AND $4::int8 IS NULL AND $5::uuid IS NULL AND $6::text IS NULL \
             AND $7::int4 IS NULL "
        }
    };
    let sql = format!(
        "SELECT {STANDING}, d.deadline, d.occurrence, d.party, d.undue, d.due_at, d.missed \
         FROM (SELECT * FROM duty WHERE tenant = $1 AND party = $2 {is_later}\
         ORDER BY undue, due_at, stream, deadline, occurrence LIMIT $8) d \
         JOIN standing s ON s.tenant = d.tenant AND s.stream = d.stream"
    );
    let undue = after.map(|it| due_columns(it.0).0);
    let due_at = after.map(|it| due_columns(it.0).1);
    let stream: Option<Uuid> = after.map(|it| uuid(it.1));
    let deadline = after.map(|it| it.2.as_str());
    let occurrence = after.map(|it| i32::from(it.3));
    let rows_max = i64::from(limit) + 1;
    let parties: BTreeSet<&String> = parties.iter().filter(|it| !it.contains('\0')).collect();
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for party in &parties {
        let parameters: [&(dyn ToSql + Sync); 8] =
            [&tenant.0, party, &undue, &due_at, &stream, &deadline, &occurrence, &rows_max];
        asked.push(Asked::new(&sql, &parameters));
    }
    let rows = place.ask_all(&asked)?;
    let mut duties: Vec<(Standing, Duty)> =
        rows.iter().flatten().map(owed).collect::<Result<_, _>>()?;
    duties.sort_by(|a, b| key(a).cmp(&key(b)));
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = duties.len() > shown;
    duties.truncate(shown);
    Ok(Worklist { duties, more })
}

fn key((standing, duty): &(Standing, Duty)) -> ((bool, i64), StreamId, &str, u16) {
    (due_columns(duty.due), standing.stream, &duty.deadline, duty.occurrence)
}

fn owed(row: &Row) -> Result<(Standing, Duty), Failure> {
    let at = |column| STANDING_COLUMNS + column;
    let duty = Duty {
        deadline: get(row, at(0))?,
        occurrence: narrow::<i32, _>(row, at(1))?,
        party: get(row, at(2))?,
        due: due(row, at(3))?,
        missed: get(row, at(5))?,
    };
    Ok((standing(row, 0)?, duty))
}
