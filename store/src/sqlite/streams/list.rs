//! Lists of cases.
//!
//! Each condition has an index. The one that leaves the fewest cases is read, and the other
//! conditions are asked of each case it leaves; how many those are is counted up to a limit only,
//! so that counting costs little.

use crate::cases::{Failure, Find, Listed, Own, Tenant};
use crate::sqlite::Sqlite;
use crate::sqlite::streams::{owed, read, row};
use engine::time::Instant;
use rusqlite::{Connection, ToSql};

/// Entries of an index that are counted before it is taken as large.
const COUNT_MAX: i64 = 4_000;

/// What each way asks besides: `?1` is the tenant, `?2` the id after which to begin, `?3` to `?9`
/// are the conditions, `?10` how many at most, `?11` a party that owes something, `?12` and `?13`
/// the people whose own cases are asked for. What the party owes is looked for in the row itself.
const CONDITIONS: &str = "s.tenant = ?1 AND s.stream > ?2 AND (?3 IS NULL OR s.family = ?3) \
    AND (?4 IS NULL OR s.stage = ?4) AND (?5 IS NULL OR s.rung = ?5) \
    AND (?6 IS NULL OR s.due_at < ?6) AND (?7 IS NULL OR s.breached = ?7) \
    AND (?8 IS NULL OR s.closed = ?8) AND (?9 IS NULL OR s.complainant = ?9) \
    AND (?12 IS NULL AND ?13 IS NULL OR s.complainant = ?12 OR s.respondent = ?13)";

/// A way to the cases: the parts of an index that are read, each in the order of ids.
type Way = &'static [&'static str];

// The sign before `kind` keeps SQLite to the primary key, which no condition makes shorter.
const ALL: Way = &["stream AS s WHERE +s.kind = 0"];
const PERSON: Way =
    &["stream AS s INDEXED BY stream_person WHERE s.kind = 0 AND s.complainant = ?9"];
// A case of which somebody complains who is also the one complained about is listed once.
const OWN: Way = &[
    "stream AS s INDEXED BY stream_person WHERE s.kind = 0 AND s.complainant = ?12",
    "stream AS s INDEXED BY stream_about \
        WHERE s.kind = 0 AND s.respondent = ?13 AND (?12 IS NULL OR s.complainant IS NOT ?12)",
];
const STAGE: Way = &["stream AS s INDEXED BY stream_stage WHERE s.kind = 0 AND s.stage = ?4"];
const RUNG: Way = &["stream AS s INDEXED BY stream_rung WHERE s.kind = 0 AND s.rung = ?5"];
const FAMILY: Way = &["stream AS s INDEXED BY stream_family WHERE s.kind = 0 AND s.family = ?3"];
const FLAGS: Way = &["stream AS s INDEXED BY stream_flags \
    WHERE s.kind = 0 AND s.closed = ?8 AND s.breached = ?7"];
const CLOSED: Way = &[
    "stream AS s INDEXED BY stream_flags WHERE s.kind = 0 AND s.closed = ?8 AND s.breached = 0",
    "stream AS s INDEXED BY stream_flags WHERE s.kind = 0 AND s.closed = ?8 AND s.breached = 1",
];
const BREACHED: Way = &[
    "stream AS s INDEXED BY stream_flags WHERE s.kind = 0 AND s.closed = 0 AND s.breached = ?7",
    "stream AS s INDEXED BY stream_flags WHERE s.kind = 0 AND s.closed = 1 AND s.breached = ?7",
];
pub(super) const DUE: Way = &["stream AS s WHERE +s.kind = 0 AND s.stream IN (\
    WITH RECURSIVE each (party) AS (\
      SELECT min(party) FROM duty WHERE tenant = ?1 UNION ALL \
      SELECT (SELECT min(party) FROM duty WHERE tenant = ?1 AND party > each.party) \
        FROM each WHERE each.party IS NOT NULL) \
    SELECT d.stream FROM each CROSS JOIN duty AS d \
      ON d.tenant = ?1 AND d.party = each.party AND d.undue = 0 AND d.due < ?6)"];
pub(super) const PARTY: Way = &["stream AS s WHERE +s.kind = 0 AND s.stream IN (\
    SELECT d.stream FROM duty AS d WHERE d.tenant = ?1 AND d.party = ?11)"];
/// How much there is to read on [`PARTY`].
pub(super) const PARTY_COUNT: &str = "SELECT count(*) FROM (\
    SELECT 1 FROM duty AS d WHERE d.tenant = ?1 AND d.party = ?11 LIMIT ?10)";
/// How much there is to read on [`DUE`], whose ids come in another order.
pub(super) const DUE_COUNT: &str = "SELECT count(*) FROM (\
    WITH RECURSIVE each (party) AS (\
      SELECT min(party) FROM duty WHERE tenant = ?1 UNION ALL \
      SELECT (SELECT min(party) FROM duty WHERE tenant = ?1 AND party > each.party) \
        FROM each WHERE each.party IS NOT NULL) \
    SELECT 1 FROM each CROSS JOIN duty AS d \
      ON d.tenant = ?1 AND d.party = each.party AND d.undue = 0 AND d.due < ?6 LIMIT ?10)";

/// Where the cases of all people are asked for.
const NOBODY: Own = Own { complainant: None, respondent: None };

/// All ways.
#[cfg(test)]
pub(super) const WAYS: [Way; 11] =
    [ALL, PERSON, OWN, STAGE, RUNG, FAMILY, FLAGS, CLOSED, BREACHED, DUE, PARTY];

pub(super) fn list(
    place: &Sqlite,
    connection: &Connection,
    tenant: Tenant,
    find: &Find,
) -> Result<Listed, Failure> {
    let family = match &find.protocol_id {
        None => None,
        Some(id) => match read::family(connection, tenant, id)? {
            None => return Ok(Listed { cases: Vec::new(), more: false }),
            known => known,
        },
    };
    if find.own.as_ref().is_some_and(|own| *own == Own::default()) {
        return Ok(Listed { cases: Vec::new(), more: false });
    }
    let asked = Asked::new(tenant, find, family);
    let sql = select(asked.best(connection)?);
    let mut select = connection.prepare_cached(&sql)?;
    let limit = usize::try_from(find.limit).unwrap_or(usize::MAX);
    // Where rows are left out here, how many are read is not known before.
    let most = if find.party.is_some() { -1 } else { i64::from(find.limit) + 1 };
    let values = asked.values(&most);
    let mut rows = select.query(values.as_slice())?;
    let mut cases = Vec::new();
    while let Some(found) = rows.next()? {
        if let Some(party) = &find.party {
            let owed = found.get_ref(row::STANDING_COLUMNS)?.as_blob();
            let owed = owed::read(owed.map_err(rusqlite::Error::from)?)?;
            if !owed.iter().any(|it| it.party == *party) {
                continue;
            }
        }
        cases.push(row::standing(place, connection, tenant, found)?);
        if cases.len() > limit {
            break;
        }
    }
    let more = cases.len() > limit;
    cases.truncate(limit);
    Ok(Listed { cases, more })
}

/// The text that reads a page along a way. The first column is the id.
pub(super) fn select(way: Way) -> String {
    let part =
        |from: &&str| format!("SELECT {}, s.owed FROM {from} AND {CONDITIONS}", row::STANDING);
    let parts: Vec<String> = way.iter().map(part).collect();
    format!("{} ORDER BY 1 LIMIT ?10", parts.join(" UNION ALL "))
}

/// The text that counts what a way would read, up to a limit.
pub(super) fn count(way: Way) -> String {
    if way == DUE {
        return DUE_COUNT.to_owned();
    }
    if way == PARTY {
        return PARTY_COUNT.to_owned();
    }
    let part = |from: &&str| format!("SELECT 1 FROM {from} AND s.tenant = ?1 AND s.stream > ?2");
    let parts: Vec<String> = way.iter().map(part).collect();
    format!("SELECT count(*) FROM ({} LIMIT ?10)", parts.join(" UNION ALL "))
}

/// Whether the ids of a way come in another order, so that all of it is read for a page.
fn is_sorted(way: Way) -> bool {
    way == DUE || way == PARTY
}

/// What is asked, as values for SQLite.
struct Asked<'a> {
    tenant: Tenant,
    /// Every id is longer than no bytes at all, and comes after them.
    after: &'a [u8],
    family: Option<i64>,
    due_before: Option<i64>,
    find: &'a Find,
}

impl<'a> Asked<'a> {
    fn new(tenant: Tenant, find: &'a Find, family: Option<i64>) -> Self {
        let after = find.after.as_ref().map_or(&[][..], |after| &after.0);
        Self { tenant, after, family, due_before: find.due_before.map(Instant::ms), find }
    }

    fn values<'b>(&'b self, limit: &'b i64) -> [&'b dyn ToSql; 13] {
        let Find { stage, rung, breached, closed, complainant, party, own, .. } = self.find;
        let own = own.as_ref().unwrap_or(&NOBODY);
        [
            &self.tenant,
            &self.after,
            &self.family,
            stage,
            rung,
            &self.due_before,
            breached,
            closed,
            complainant,
            limit,
            party,
            &own.complainant,
            &own.respondent,
        ]
    }

    /// The ways of the conditions that are given.
    fn ways(&self) -> Vec<Way> {
        let Find { stage, rung, due_before, breached, closed, complainant, party, own, .. } =
            self.find;
        let flags = match (closed, breached) {
            (Some(_), Some(_)) => Some(FLAGS),
            (Some(_), None) => Some(CLOSED),
            (None, Some(_)) => Some(BREACHED),
            (None, None) => None,
        };
        let ways = [
            own.is_some().then_some(OWN),
            complainant.is_some().then_some(PERSON),
            party.is_some().then_some(PARTY),
            due_before.is_some().then_some(DUE),
            rung.is_some().then_some(RUNG),
            stage.is_some().then_some(STAGE),
            flags,
            self.family.map(|_| FAMILY),
        ];
        ways.into_iter().flatten().collect()
    }

    /// The way that leaves the fewest cases; among those that leave many, the first one in the
    /// order of ids.
    fn best(&self, connection: &Connection) -> Result<Way, Failure> {
        let ways = self.ways();
        if let [only] = ways.as_slice()
            && !is_sorted(only)
        {
            return Ok(only);
        }
        let mut best = (COUNT_MAX, None);
        for way in &ways {
            let mut select = connection.prepare_cached(&count(way))?;
            let values = self.values(&COUNT_MAX);
            let used = select.parameter_count();
            let few: i64 = select.query_row(&values[..used], |row| row.get(0))?;
            if few < best.0 {
                best = (few, Some(*way));
            }
        }
        let many = || ways.iter().find(|way| !is_sorted(way)).copied();
        Ok(best.1.or_else(many).unwrap_or(ALL))
    }
}
