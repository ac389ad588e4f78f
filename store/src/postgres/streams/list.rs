//! Cases are listed.

use crate::cases::{Failure, Find, Listed, Own, Tenant};
use crate::postgres::place::Postgres;
use crate::postgres::streams::read::{STANDING, standing, uuid};
use tokio_postgres::types::ToSql;

/// The cases of a tenant that meet all conditions, by id. Only conditions that are given stand in
/// the question, so that the database can choose the index for them.
///
/// # Errors
/// As `Cases::list`.
pub(in crate::postgres) fn list(
    place: &Postgres,
    tenant: Tenant,
    find: &Find,
) -> Result<Listed, Failure> {
    let due_before = find.due_before.map(|it| it.ms());
    let after = find.after.map(uuid);
    let limit = i64::from(find.limit) + 1;
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&tenant.0];
    let mut sql =
        format!("SELECT {STANDING} FROM standing s WHERE s.tenant = $1 AND NOT s.is_stop");
    let mut also = |condition: &str, value| {
        parameters.push(value);
        sql.push_str(&format!(" AND s.{condition} ${}", parameters.len()));
    };
    if let Some(it) = &find.protocol_id {
        also("protocol_id =", it);
    }
    if let Some(it) = &find.stage {
        also("stage =", it);
    }
    if let Some(it) = &find.rung {
        also("rung =", it);
    }
    if let Some(it) = &due_before {
        also("due_at <", it);
    }
    if let Some(it) = &find.complainant {
        also("complainant =", it);
    }
    if let Some(it) = &after {
        also("stream >", it);
    }
    if let Some(it) = &find.party {
        parameters.push(it);
        let owes = "SELECT 1 FROM duty d WHERE d.tenant = s.tenant AND d.stream = s.stream";
        sql.push_str(&format!(" AND EXISTS ({owes} AND d.party = ${})", parameters.len()));
    }
    if let Some(Own { complainant, respondent }) = &find.own {
        parameters.push(complainant);
        parameters.push(respondent);
        let n = parameters.len();
        // What is missing is equal to nothing.
        sql.push_str(&format!(" AND (s.complainant = ${} OR s.respondent = ${n})", n - 1));
    }
    // These stand in the text, because the indexes of the few are for them alone.
    sql.push_str(match find.breached {
        Some(true) => " AND s.breached",
        Some(false) => " AND NOT s.breached",
        None => "",
    });
    sql.push_str(match find.closed {
        Some(true) => " AND s.closed",
        Some(false) => " AND NOT s.closed",
        None => "",
    });
    parameters.push(&limit);
    sql.push_str(&format!(" ORDER BY s.stream LIMIT ${}", parameters.len()));
    let rows = place.ask(&sql, &parameters)?;
    let shown = usize::try_from(find.limit).unwrap_or(usize::MAX);
    let cases = rows.iter().take(shown).map(|row| standing(row, 0));
    Ok(Listed { cases: cases.collect::<Result<_, _>>()?, more: rows.len() > shown })
}
