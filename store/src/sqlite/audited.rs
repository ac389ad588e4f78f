//! Checking a whole file.

use crate::cases::{Audited, Duty, Failure, Form, OnPage, Page, Stray, StreamId, Tenant, Writer};
use crate::sqlite::Sqlite;
use crate::sqlite::file::{instant, signed, some_instant, unsigned};
use crate::sqlite::streams::owed_bytes;
use rusqlite::{Connection, Row, params};

const PAGES: &str = "SELECT tenant, writer, sequence, at, hash, first_id, last_id FROM page \
    WHERE tenant = ?1 AND writer = ?2 AND sequence > ?3 ORDER BY sequence LIMIT ?4";

const ON_PAGE: &str = "SELECT stream, version, place, hash \
    FROM decision INDEXED BY decision_order \
    WHERE tenant = ?1 AND id BETWEEN ?2 AND ?3 AND writer = ?4 AND sequence = ?5 \
    ORDER BY place, version";

/// Decisions that no standing counts.
const OF_NO_STREAM: &str = "SELECT d.stream, d.version FROM decision d WHERE d.tenant = ?1 \
    AND NOT EXISTS (SELECT 1 FROM stream s WHERE s.tenant = d.tenant AND s.stream = d.stream \
      AND s.version >= d.version) LIMIT ?2";

/// Decisions that are on no page: the page is not there, or does not reach to them.
const ON_NO_PAGE: &str = "SELECT d.stream, d.version, d.writer, d.sequence FROM decision d \
    WHERE d.tenant = ?1 AND NOT EXISTS (SELECT 1 FROM page p WHERE p.tenant = d.tenant \
      AND p.writer = d.writer AND p.sequence = d.sequence \
      AND d.id BETWEEN p.first_id AND p.last_id) LIMIT ?2";

/// Streams that lists find under another protocol.
const OF_OTHER_FAMILY: &str = "SELECT s.stream, NULL FROM stream s WHERE s.tenant = ?1 \
    AND NOT EXISTS (SELECT 1 FROM protocol p WHERE p.tenant = s.tenant AND p.number = s.protocol \
      AND p.family = s.family) LIMIT ?2";

/// Versions of one id that lists take for different protocols, or the other way round.
const FAMILIES: &str = "SELECT DISTINCT a.id FROM protocol a JOIN protocol b \
    ON b.tenant = a.tenant AND (b.family = a.family) <> (b.id = a.id) \
    WHERE a.tenant = ?1 LIMIT ?2";

const SEALED_OF_NONE: &str = "SELECT v.stream, NULL FROM sealed v WHERE v.tenant = ?1 \
    AND NOT EXISTS (SELECT 1 FROM stream s WHERE s.tenant = v.tenant AND s.stream = v.stream) \
    LIMIT ?2";

const DUTIES: &str = "SELECT d.party, d.undue, d.due, d.stream, d.deadline, d.occurrence, \
    d.missed, s.owed FROM duty d LEFT JOIN stream s \
    ON s.tenant = d.tenant AND s.stream = d.stream WHERE d.tenant = ?1";

impl Audited for Sqlite {
    fn nameless(&self) -> Result<Vec<Tenant>, Failure> {
        self.read(|connection| {
            let sql = "SELECT tenant FROM page UNION SELECT tenant FROM stream \
                       UNION SELECT tenant FROM sealed \
                       EXCEPT SELECT tenant FROM tenant ORDER BY 1";
            let mut select = connection.prepare(sql)?;
            Ok(select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    fn writers(&self, tenant: Tenant) -> Result<Vec<Writer>, Failure> {
        self.read(|connection| {
            let sql = "SELECT DISTINCT writer FROM page WHERE tenant = ?1 ORDER BY writer";
            let mut select = connection.prepare_cached(sql)?;
            Ok(select.query_map([tenant], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    fn journal(
        &self,
        tenant: Tenant,
        writer: Writer,
        after: u64,
        limit: u32,
    ) -> Result<Vec<(Page, Vec<OnPage>)>, Failure> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(PAGES)?;
            let mut rows = select.query(params![tenant, writer, signed(after)?, limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let page = Page {
                    tenant: row.get(0)?,
                    writer: row.get(1)?,
                    sequence: unsigned(row.get(2)?)?,
                    at: instant(row, 3)?,
                    hash: row.get(4)?,
                };
                let ids: (Option<i64>, Option<i64>) = (row.get(5)?, row.get(6)?);
                let decided = match ids {
                    (Some(first), Some(last)) => on_page(connection, &page, (first, last))?,
                    _ => Vec::new(),
                };
                found.push((page, decided));
            }
            Ok(found)
        })
    }

    fn owed(&self, tenant: Tenant, stream: StreamId) -> Result<Vec<Duty>, Failure> {
        self.read(|connection| {
            let sql = "SELECT owed FROM stream WHERE tenant = ?1 AND stream = ?2";
            let mut select = connection.prepare_cached(sql)?;
            let mut rows = select.query(params![tenant, stream])?;
            let Some(row) = rows.next()? else { return Ok(Vec::new()) };
            let said = owed_bytes(&row.get::<_, Vec<u8>>(0)?)?;
            // What is repeated in the row counts only where worklists have it as well.
            let sql = "SELECT 1 FROM duty WHERE tenant = ?1 AND party = ?2 AND undue = ?3 \
                       AND due = ?4 AND stream = ?5 AND deadline = ?6 AND occurrence = ?7 \
                       AND missed = ?8";
            let mut exists = connection.prepare_cached(sql)?;
            let mut owed = Vec::with_capacity(said.len());
            for duty in said {
                let Duty { party, due, deadline, occurrence, missed } = &duty;
                let due_ms = due.map_or(0, |due| due.ms());
                let key = params![
                    tenant,
                    party,
                    due.is_none(),
                    due_ms,
                    stream,
                    deadline,
                    occurrence,
                    missed
                ];
                if exists.exists(key)? {
                    owed.push(duty);
                }
            }
            Ok(owed)
        })
    }

    fn strays(&self, tenant: Tenant, limit: u32) -> Result<Vec<Stray>, Failure> {
        self.read(|connection| {
            let mut found = Vec::new();
            let mut ask = |sql: &str, what: &dyn Fn(&Row<'_>) -> rusqlite::Result<Stray>| {
                let mut select = connection.prepare_cached(sql)?;
                for stray in select.query_map(params![tenant, limit], what)? {
                    found.push(stray?);
                }
                Ok::<(), Failure>(())
            };
            ask(OF_NO_STREAM, &|row| stray(row, "belongs to no case that is there"))?;
            ask(ON_NO_PAGE, &|row| {
                let (writer, page): (i64, i64) = (row.get(2)?, row.get(3)?);
                stray(
                    row,
                    &format!(
                        "says that it stands on page {page} of writer {writer}, where it is not"
                    ),
                )
            })?;
            ask(OF_OTHER_FAMILY, &|row| stray(row, "is listed under another protocol"))?;
            ask(SEALED_OF_NONE, &|row| {
                stray(row, "has personal values and is no case that is there")
            })?;
            ask(FAMILIES, &|row| {
                let id: String = row.get(0)?;
                let what =
                    format!("versions of the protocol `{id}` are listed as if they were not");
                Ok(Stray { stream: None, version: None, what })
            })?;
            let last = "SELECT max(writer) FROM page WHERE tenant = ?1 AND writer > \
                        (SELECT coalesce(max(last), 0) FROM writer) AND ?2 > 0 \
                        HAVING max(writer) IS NOT NULL";
            ask(last, &|row| {
                let writer: i64 = row.get(0)?;
                let what = format!("the number of writer {writer} may be given out again");
                Ok(Stray { stream: None, version: None, what })
            })?;
            duties(connection, tenant, limit, &mut found)?;
            Ok(found)
        })
    }

    fn faults(&self) -> Result<Vec<String>, Failure> {
        self.check()
    }

    fn form(&self) -> Result<Form, Failure> {
        self.read(Self::form_of)
    }
}

fn on_page(
    connection: &Connection,
    page: &Page,
    (first, last): (i64, i64),
) -> Result<Vec<OnPage>, Failure> {
    let mut select = connection.prepare_cached(ON_PAGE)?;
    let sequence = signed(page.sequence)?;
    let found =
        select.query_map(params![page.tenant, first, last, page.writer, sequence], |row| {
            Ok(OnPage {
                stream: row.get(0)?,
                version: row.get(1)?,
                place: row.get(2)?,
                hash: row.get(3)?,
            })
        })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn stray(row: &Row<'_>, what: &str) -> rusqlite::Result<Stray> {
    Ok(Stray { stream: Some(row.get(0)?), version: row.get(1)?, what: what.to_owned() })
}

/// Entries of worklists that the rows of their streams do not repeat.
fn duties(
    connection: &Connection,
    tenant: Tenant,
    limit: u32,
    found: &mut Vec<Stray>,
) -> Result<(), Failure> {
    let mut select = connection.prepare_cached(DUTIES)?;
    let mut rows = select.query([tenant])?;
    let mut left = limit;
    while let Some(row) = rows.next()? {
        let (undue, due): (bool, _) = (row.get(1)?, some_instant(row, 2)?);
        let duty = Duty {
            party: row.get(0)?,
            due: due.filter(|_| !undue),
            deadline: row.get(4)?,
            occurrence: row.get(5)?,
            missed: row.get(6)?,
        };
        let said: Option<Vec<u8>> = row.get(7)?;
        let is_said = match said {
            Some(bytes) => owed_bytes(&bytes)?.contains(&duty),
            None => false,
        };
        if is_said {
            continue;
        }
        let Some(rest) = left.checked_sub(1) else { break };
        left = rest;
        let what = format!(
            "is on the worklist of `{}` for `{}` and does not owe it",
            duty.party, duty.deadline
        );
        found.push(Stray { stream: Some(row.get(3)?), version: None, what });
    }
    Ok(())
}
